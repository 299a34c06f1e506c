import { hostname } from "node:os";
import type { ExperimentDirectory } from "../../experiment/experiment-directory";
import { placeOf, type PlannedRun } from "../../experiment/plan";
import { measureRun } from "../../experiment/run-result";
import type { RunnerReport } from "../runner";
import type { Submission } from "./submission";
import { writeReport, type TaskReport, type TaskRun } from "./task-report";

/** Keeps a task's report: takes in what its runs do and writes it at intervals, or at once. */
export class TaskReporter implements RunnerReport {
  private readonly runs: Map<number, TaskRun>;
  private state: TaskReport["state"] = "working";
  private message: string | null = null;

  constructor(
    private readonly directory: ExperimentDirectory,
    private readonly submission: Submission,
    private readonly task: number,
    planned: readonly PlannedRun[],
  ) {
    this.runs = new Map(planned.map(({ run }) => [run, { run, key: "", state: "queued" }]));
  }

  readonly found: RunnerReport["found"] = async ({ run }, key) => {
    this.runs.set(run, { run, key, state: "finished", time: null, result: null });
    return Promise.resolve();
  };

  /** Whether there is room was asked where it was submitted. */
  readonly begin = (): Promise<void> => Promise.resolve();
  readonly place = (): void => undefined;

  readonly run: RunnerReport["run"] = (run) => {
    if (run.state !== "finished") this.runs.set(run.run, run);
  };

  /** Measured here, where the weights have just been written. */
  readonly finished: RunnerReport["finished"] = async (planned, record, time) => {
    const result = await measureRun(this.directory, { place: placeOf(planned), record });
    const { run } = planned;
    this.runs.set(run, { run, key: record.key, state: "finished", time, result });
    // The last one need not wait for the next report.
    if (this.allEnded()) await this.write();
  };

  end(state: "over" | "stopped", message: string | null): void {
    this.state = state;
    this.message = message;
  }

  setMessage(message: string | null): void {
    this.message = message;
  }

  /** A report that cannot be written, for a full disk or a removed folder, is left out. */
  async write(): Promise<void> {
    const report: TaskReport = {
      format: "weight-odometer task 1",
      state: this.state,
      message: this.message,
      host: hostname(),
      runs: [...this.runs.values()],
    };
    await writeReport(this.submission.folder, this.task, report).catch(() => undefined);
  }

  private allEnded(): boolean {
    return [...this.runs.values()].every(({ state }) => state === "finished" || state === "failed");
  }
}
