import type { ExperimentDirectory } from "../experiment/experiment-directory";
import type { DataLocation } from "../experiment/data-location";
import type { PlannedRun } from "../experiment/plan";
import type { RunRecord } from "../experiment/run-record";
import type { LiveRun } from "../protocol/live";
import type { EngineDescription, TrainingPace, TrainingSettings } from "../protocol/trainer";
import { TrainerProcess, type TrainingEnd } from "./trainer-process";

/** A run that takes the trainer's process with it this often is given up. */
const attemptsPerRun = 3;

/** A planned run with the name of its folder. */
export interface QueuedRun extends PlannedRun {
  readonly key: string;
}

export interface Training {
  readonly directory: ExperimentDirectory;
  readonly trainerScript: string;
  readonly settings: TrainingSettings;
  readonly data: DataLocation;
  readonly engine: EngineDescription;
  readonly signal: AbortSignal;
  readonly onRun: (run: LiveRun) => void;
  /** Called when a run is in its place. */
  readonly onFinished: (run: QueuedRun, record: RunRecord, time: RunTime) => Promise<void>;
}

export interface RunTime {
  readonly seconds: number;
  readonly pace: TrainingPace;
}

/** A failure that would befall every further run too, such as a full disk. */
export class FatalRunError extends Error {}

/**
 * Takes runs off a shared queue and trains them one after the other in a trainer process of its own, until
 * the queue is empty or the signal aborts.
 */
export class QueueWorker {
  private paused = false;

  constructor(
    private readonly training: Training,
    private readonly queue: QueuedRun[],
    private trainer: TrainerProcess | null = null,
  ) {}

  async work(): Promise<void> {
    const { signal } = this.training;
    const stop = () => void this.trainer?.stop();
    signal.addEventListener("abort", stop);
    try {
      while (!signal.aborted) {
        const run = this.queue.shift();
        if (!run) return;
        await this.trainWithRetries(run);
      }
    } finally {
      signal.removeEventListener("abort", stop);
      await this.trainer?.stop();
    }
  }

  tell(type: "pause" | "resume"): void {
    this.paused = type === "pause";
    this.trainer?.tell({ type });
  }

  /** A run that fails leaves its message; a trainer that dies under it is replaced and the run begun anew. */
  private async trainWithRetries(run: QueuedRun): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const end = await this.attempt(run);
      if (end.type === "finished" || this.training.signal.aborted) return;
      if (end.type === "died" && attempt < attemptsPerRun) continue;
      this.training.onRun({ run: run.run, key: run.key, state: "failed", message: end.message });
      if (end.type === "failed" && end.code === "ENOSPC")
        throw new FatalRunError(
          `No room is left on the disk of ${this.training.directory.root}. Make some and run it again: it goes on from here.`,
        );
      return;
    }
  }

  private async attempt(run: QueuedRun): Promise<TrainingEnd> {
    const { directory, data, engine, onRun, onFinished } = this.training;
    const { key, settings, seeds } = run;
    this.trainer ??= await this.startTrainer();
    const folder = await directory.beginAttempt(key);
    try {
      const end = await this.trainer.train(
        { settings, labelKinds: data.labelKinds, seeds, data, directory: folder },
        (progress) => {
          const { epoch, step, steps, loss, imagesPerSecond, accuracy } = progress;
          onRun({
            run: run.run,
            key,
            state: "running",
            epoch,
            epochs: settings.epochs,
            step,
            steps,
            loss,
            imagesPerSecond,
            accuracy,
          });
        },
      );
      if (end.type === "died") this.trainer = null;
      if (end.type !== "finished") return end;
      const record: RunRecord = {
        format: "weight-odometer run 1",
        key,
        settings,
        seeds,
        dataSha256: data.sha256,
        engine,
        ...end.outcome,
      };
      await directory.finishAttempt(folder, record);
      await onFinished(run, record, end);
      return end;
    } finally {
      await directory.dropAttempt(folder);
    }
  }

  private async startTrainer(): Promise<TrainerProcess> {
    const { trainerScript, settings, data, engine } = this.training;
    const started = await TrainerProcess.start(trainerScript, settings, data.labelKinds);
    if (this.paused) started.trainer.tell({ type: "pause" });
    if (JSON.stringify(started.engine) === JSON.stringify(engine)) return started.trainer;
    await started.trainer.stop();
    throw new Error(
      `A trainer came up with another engine than the first: ${JSON.stringify(started.engine)}`,
    );
  }
}
