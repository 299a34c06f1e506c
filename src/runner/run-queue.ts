import path from "node:path";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import type { PlannedRun } from "../experiment/plan";
import {
  claimAttempt,
  dropAttempt,
  keepAttempt,
  keptFolder,
  type Attempt,
} from "../experiment/kept-attempts";
import { isThere } from "../experiment/weights-present";
import { recordOf } from "../experiment/run-record";
import type { LiveRun } from "../protocol/live";
import type { RunEngine } from "../protocol/run";
import { logName } from "../experiment/command/log-name";
import { killDescendants, runMark } from "./descendants";
import { DiskFullError, isDiskFull } from "./disk-full";
import type { RunnerWork } from "./runner";
import type { RunProgress, StartTrainer, Trainer, TrainingEnd } from "./trainer";

/** A run that takes its trainer with it this often is given up. */
export const attemptsPerRun = 3;
/** An attempt whose folder has not been touched for a day counts as abandoned where nobody can be asked. */
const touchMs = 600_000;

/** A planned run with the name of its folder. */
export interface QueuedRun extends PlannedRun {
  readonly key: string;
}

export interface Training extends Pick<
  RunnerWork,
  "directory" | "data" | "finished" | "signal" | "report"
> {
  readonly start: StartTrainer;
  readonly engine: RunEngine;
}

/**
 * Takes runs off a shared queue and trains them one after the other in a trainer of its own, until the queue is empty
 * or the signal aborts.
 */
export class QueueWorker {
  private paused = false;

  constructor(
    private readonly training: Training,
    private readonly queue: QueuedRun[],
    /** Which of the workers side by side this is. */
    private readonly slot: number,
    private trainer: Trainer | null = null,
  ) {}

  async work(): Promise<void> {
    const { signal, finished, report } = this.training;
    const stop = () => void this.trainer?.stop();
    signal.addEventListener("abort", stop);
    try {
      while (!signal.aborted) {
        const run = this.queue.shift();
        if (!run) return;
        // Somebody else may work on the same runs.
        if (await finished.has(run.key)) await report.found(run, run.key);
        else await this.trainWithRetries(run);
      }
    } catch (error) {
      throw !(error instanceof DiskFullError) && isDiskFull((error as NodeJS.ErrnoException).code)
        ? new DiskFullError(this.training.directory.root)
        : error;
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
      const { report, directory } = this.training;
      if (end.type === "failed" && isDiskFull(end.code)) {
        // None of the run's fault: it waits for room.
        report.run({ run: run.run, key: run.key, state: "queued" });
        throw new DiskFullError(
          directory.root,
          run.settings.kind === "command" ? await this.withLog(end.message, run.key) : "",
        );
      }
      const { run: index, key } = run;
      report.run({
        run: index,
        key,
        state: "failed",
        message: await this.withLog(end.message, key),
      });
      return;
    }
  }

  private async attempt(run: QueuedRun): Promise<TrainingEnd> {
    const { directory, data, engine, report } = this.training;
    const { key, settings, seeds } = run;
    this.trainer ??= await this.startTrainer(run);
    const { resumes } = this.trainer;
    const { folder, attempt } = await this.begin(key, resumes);
    const keepFresh = touchNowAndThen(directory, folder);
    try {
      const end = await this.trainer.train(
        { settings, seeds, data, directory: folder, attempt },
        (progress) => {
          report.run(liveRun(run, progress));
        },
      );
      if (end.type === "died") this.trainer = null;
      if (end.type !== "finished") return end;
      const record = recordOf({ settings, seeds, dataSha256: data.sha256, engine }, end.outcome);
      await directory.finishAttempt(folder, record);
      const { seconds, pace } = end;
      await report.finished(run, record, { seconds, pace }, null);
      return end;
    } finally {
      clearInterval(keepFresh);
      await (resumes ? keepAttempt(directory, folder) : dropAttempt(folder));
    }
  }

  /** What a run that failed has written stays in the folder that it left. */
  private async withLog(message: string, key: string): Promise<string> {
    const log = path.join(keptFolder(this.training.directory, key), logName);
    return (await isThere(log)) ? `${message}\nIts whole output: ${log}` : message;
  }

  private async begin(key: string, resumes: boolean): Promise<Attempt> {
    const { directory } = this.training;
    if (resumes)
      return claimAttempt(directory, key, (value) => {
        killDescendants({ variable: runMark, value });
      });
    return { folder: await directory.beginAttempt(key), attempt: 0 };
  }

  private async startTrainer({ settings }: QueuedRun): Promise<Trainer> {
    const started = await this.training.start(settings, this.training.data, this.slot);
    if (this.paused) started.trainer.tell({ type: "pause" });
    if (JSON.stringify(started.engine) === JSON.stringify(this.training.engine))
      return started.trainer;
    await started.trainer.stop();
    throw new Error(
      `A trainer came up with another engine than the first: ${JSON.stringify(started.engine)}`,
    );
  }
}

function liveRun({ run, key, settings }: QueuedRun, progress: RunProgress): LiveRun {
  if ("kind" in progress) return { ...progress, run, key, state: "running" };
  const epochs = settings.kind === "command" ? 0 : settings.epochs;
  return { ...progress, run, key, state: "running", epochs };
}

function touchNowAndThen(directory: ExperimentDirectory, folder: string): NodeJS.Timeout {
  return setInterval(() => void directory.touchAttempt(folder), touchMs);
}
