import { stat } from "node:fs/promises";
import path from "node:path";
import { readTextOrNull } from "../../experiment/experiment-directory";
import { slurm } from "./commands";
import { listJob, uid, type QueueLine } from "./queue";
import type { Submission } from "./submission";
import { readReport, reportFile, type TaskReport } from "./task-report";

/** Clocks of two machines may differ by so much. */
const clockSlackSeconds = 300;
/** A task that is neither queued nor over this long is lost: files of a network disk may show late. */
const lostAfterMs = 5000;

/** A task whose runs have all ended leaves Slurm's queue within so long, or Slurm has lost sight of it. */
const overdueAfterMs = 15_000;

/** Why a task waits that its user holds. */
const heldByUser = "JobHeldUser";

/** A job array of ours: what its tasks report, and what Slurm says of it. */
export class TaskArray {
  private readonly stamps = new Map<number, string>();
  private readonly missing = new Map<number, number>();
  private readonly closedAt = new Map<number, number>();
  private readonly open: Set<number>;

  constructor(
    readonly submission: Submission,
    readonly jobId: string,
    /** Runs that are waited for: others of it are no longer asked for. */
    readonly wanted: ReadonlySet<number>,
  ) {
    this.open = new Set(submission.file.tasks.keys());
  }

  /** Tasks that have not ended. */
  get openTasks(): ReadonlySet<number> {
    return this.open;
  }

  runsOf(task: number): readonly number[] {
    return (this.submission.file.tasks[task] ?? []).filter((run) => this.wanted.has(run));
  }

  /** Reports that changed since the last look. */
  async newReports(): Promise<readonly { task: number; report: TaskReport }[]> {
    const found = await Promise.all(
      [...this.open].map(async (task) => {
        const stamp = await stampOf(reportFile(this.submission.folder, task));
        if (stamp === null || stamp === this.stamps.get(task)) return [];
        const report = await readReport(this.submission.folder, task);
        if (!report) return [];
        this.stamps.set(task, stamp);
        return [{ task, report }];
      }),
    );
    return found.flat();
  }

  /** Looks at a report again, though it did not change: what it tells of could not be seen yet. */
  lookAgain(task: number): void {
    this.stamps.delete(task);
  }

  /** Whether Slurm did not list some open task the last time. */
  get hasMissing(): boolean {
    return [...this.missing.keys()].some((task) => this.open.has(task));
  }

  /** The end of what a task printed, such as a prologue's error; or the message of its last report. */
  async lastWords(task: number): Promise<string> {
    const report = await readReport(this.submission.folder, task);
    if (report?.message) return report.message;
    const log = path.join(this.submission.folder, `../../log/slurm-${this.jobId}_${task}.log`);
    return ((await readTextOrNull(log)) ?? "").trim().split("\n").slice(-5).join("\n").slice(-1000);
  }

  close(task: number): void {
    this.open.delete(task);
    this.closedAt.set(task, Date.now());
  }

  /** The lines of a listing that are this job's: of its number, name, user and time, for numbers are used again. */
  linesOf(queue: readonly QueueLine[]): readonly QueueLine[] {
    const { createdAt } = this.submission.file;
    return queue.filter(
      (line) =>
        line.jobId === this.jobId &&
        line.jobName === this.submission.jobName &&
        line.uid === uid() &&
        line.submittedAt >= createdAt / 1000 - clockSlackSeconds,
    );
  }

  /** Open tasks that Slurm has not listed for a while. */
  lostTasks(queue: readonly QueueLine[], now: number): readonly number[] {
    const lines = this.linesOf(queue);
    if (lines.some(({ tasks }) => tasks === null)) return [];
    const listed = new Set(lines.flatMap(({ tasks }) => tasks ?? []));
    return [...this.open].filter((task) => {
      if (listed.has(task)) {
        this.missing.delete(task);
        return false;
      }
      const since = this.missing.get(task) ?? now;
      this.missing.set(task, since);
      return now - since >= lostAfterMs;
    });
  }

  /** Cancels tasks that are over but still listed: a step whose daemon died holds its node for good. @throws SlurmError */
  async cancelOverdue(queue: readonly QueueLine[], now: number): Promise<void> {
    const listed = new Set(this.linesOf(queue).flatMap(({ tasks }) => tasks ?? []));
    for (const [task, since] of this.closedAt)
      if (listed.has(task) && now - since >= overdueAfterMs)
        await slurm("scancel", [...this.sameJob(), `${this.jobId}_${task}`]);
  }

  /** Slurm's word for how tasks ended, such as TIMEOUT, as far as it remembers. */
  async endings(): Promise<(task: number) => string | null> {
    const lines = this.linesOf(await listJob(this.jobId));
    return (task) =>
      (
        lines.find(({ tasks }) => tasks?.includes(task)) ??
        lines.find(({ tasks }) => tasks === null)
      )?.state ?? null;
  }

  /** Cancels what of it is listed; Slurm compares number, name and user once more. @throws SlurmError */
  async cancel(queue: readonly QueueLine[]): Promise<void> {
    if (this.linesOf(queue).length === 0) return;
    await slurm("scancel", [...this.sameJob(), this.jobId]);
  }

  private sameJob(): string[] {
    return [`--user=${uid()}`, `--name=${this.submission.jobName}`];
  }

  /** Holds or releases what of it waits and is not yet so; as its user does, also where that is an administrator. @throws SlurmError */
  async hold(queue: readonly QueueLine[], held: boolean): Promise<void> {
    const unlike = this.linesOf(queue).some(
      ({ state, reason }) =>
        state === "PENDING" && (held ? !reason.startsWith("JobHeld") : reason === heldByUser),
    );
    if (unlike) await slurm("scontrol", [held ? "uhold" : "release", this.jobId]);
  }
}

async function stampOf(file: string): Promise<string | null> {
  return stat(file).then(
    // A rename gives another inode, also within one tick of the clock.
    ({ mtimeMs, size, ino }) => `${mtimeMs}:${size}:${ino}`,
    () => null,
  );
}
