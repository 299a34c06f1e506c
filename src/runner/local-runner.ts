import { runKey } from "../experiment/run-record";
import { QueueWorker, type QueuedRun, type Training } from "./run-queue";
import type { Runner, RunnerWork } from "./runner";
import type { StartTrainer } from "./trainer";

/** This machine: a queue of runs, and trainers side by side. */
export class LocalRunner implements Runner {
  private readonly workers: QueueWorker[] = [];
  private paused = false;

  /** @param jobs trainers side by side */
  constructor(
    private readonly start: StartTrainer,
    private readonly jobs: number,
  ) {}

  async execute(work: RunnerWork): Promise<void> {
    const first = work.runs.at(0);
    if (!first) return;
    const { trainer, engine, weightBytes } = await this.start(first.settings, work.data, 0);
    const abortOnFailure = new AbortController();
    const training: Training = {
      ...work,
      start: this.start,
      engine,
      signal: AbortSignal.any([work.signal, abortOnFailure.signal]),
    };
    try {
      const queue = await openRuns(training, work);
      await work.report.begin({ atOnce: this.jobs, weightBytes });
      const count = Math.min(this.jobs, Math.max(1, queue.length));
      for (let i = 0; i < count; i++)
        this.workers.push(new QueueWorker(training, queue, i, i === 0 ? trainer : null));
      if (this.paused) this.tell("pause");
      await Promise.all(
        this.workers.map((worker) =>
          worker.work().catch((error: unknown) => {
            abortOnFailure.abort();
            throw error;
          }),
        ),
      );
    } finally {
      abortOnFailure.abort();
      await trainer.stop();
      this.workers.length = 0;
    }
  }

  tell(request: "pause" | "resume"): void {
    this.paused = request === "pause";
    for (const worker of this.workers) worker.tell(request);
  }
}

/** Tells the runs that are finished already and returns the others. */
async function openRuns(
  { engine, data, finished, report }: Training,
  { runs }: RunnerWork,
): Promise<QueuedRun[]> {
  const open: QueuedRun[] = [];
  for (const planned of runs) {
    const { run, settings, seeds } = planned;
    const key = runKey({ settings, seeds, dataSha256: data.sha256, engine });
    if (await finished.has(key)) await report.found(planned, key);
    else {
      open.push({ ...planned, key });
      report.run({ run, key, state: "queued" });
    }
  }
  return open;
}
