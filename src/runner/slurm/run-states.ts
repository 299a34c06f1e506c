import type { PlannedRun } from "../../experiment/plan";
import { attemptsPerRun } from "../run-queue";
import type { RunnerWork } from "../runner";
import type { TaskReport, TaskRun } from "./task-report";

/** Where each run of an experiment stands while it is on a cluster. A run once finished stays so, whatever comes in late. */
export class RunStates {
  private readonly byIndex: ReadonlyMap<number, PlannedRun>;
  private readonly waiting = new Set<number>();
  private readonly ended = new Set<number>();
  private readonly failed = new Map<number, { readonly key: string; readonly message: string }>();
  private readonly lost = new Map<number, number>();

  constructor(private readonly work: RunnerWork) {
    this.byIndex = new Map(work.runs.map((planned) => [planned.run, planned]));
  }

  /** Tells the runs that are finished already; the others wait to be submitted. */
  async start(): Promise<void> {
    for (const planned of this.work.runs) {
      const key = this.work.finished.find(planned);
      if (key !== null) {
        await this.work.report.found(planned, key);
        this.ended.add(planned.run);
      } else this.waiting.add(planned.run);
    }
  }

  /** Runs that no array is to do. */
  get unsubmitted(): readonly number[] {
    return [...this.waiting].sort((a, b) => a - b);
  }

  get allEnded(): boolean {
    return this.ended.size === this.byIndex.size;
  }

  hasEnded(run: number): boolean {
    return this.ended.has(run);
  }

  submitted(runs: Iterable<number>): void {
    for (const run of runs) this.waiting.delete(run);
  }

  /** Takes in what a task reports. Returns false where a finished run cannot be seen in its place yet. */
  async fold(report: TaskReport, wanted: ReadonlySet<number>): Promise<boolean> {
    let complete = true;
    for (const told of report.runs) {
      const planned = this.byIndex.get(told.run);
      if (!planned || !wanted.has(told.run)) continue;
      // What failed in one task may have been finished by its twin.
      if (this.ended.has(told.run) && !(this.failed.has(told.run) && told.state === "finished"))
        continue;
      if (told.state === "finished") complete = (await this.finish(planned, told)) && complete;
      else if (told.state === "failed") this.fail(told.run, told.key, told.message);
      else this.work.report.run(told);
    }
    return complete;
  }

  /** The tasks of some runs are lost: they are submitted once more, but for those that are lost again and again. */
  tasksLost(runs: readonly number[], reason: string): void {
    for (const run of runs) {
      if (this.ended.has(run)) continue;
      const times = (this.lost.get(run) ?? 0) + 1;
      this.lost.set(run, times);
      if (times >= attemptsPerRun) this.fail(run, "", `Its task ended ${times} times. ${reason}`);
      else {
        this.waiting.add(run);
        this.work.report.run({ run, key: "", state: "queued" });
      }
    }
  }

  /** Runs wait again, through no fault of theirs. */
  reopen(runs: Iterable<number>): void {
    for (const run of runs) if (!this.ended.has(run)) this.waiting.add(run);
  }

  /** The file of the run has the last word, not the report. */
  private async finish(
    planned: PlannedRun,
    { key, time, result }: Extract<TaskRun, { state: "finished" }>,
  ): Promise<boolean> {
    const { directory, report } = this.work;
    const record = await directory.readRun(key);
    if (!record) return false;
    if (time) await report.finished(planned, record, time, result);
    else await report.found(planned, key);
    this.failed.delete(planned.run);
    this.ended.add(planned.run);
    this.waiting.delete(planned.run);
    return true;
  }

  private fail(run: number, key: string, message: string): void {
    this.work.report.run({ run, key, state: "failed", message });
    this.failed.set(run, { key, message });
    this.ended.add(run);
    this.waiting.delete(run);
  }
}
