import { writeFileAtomic } from "../experiment/atomic-file";
import { thisProcess } from "../experiment/process-owner";
import type { LiveRun, LiveSnapshot, LiveState } from "../protocol/live";

const writeIntervalMs = 250;
const heartbeatMs = 2000;

/**
 * The live state of an experiment: changed from anywhere in the scheduler, told to whoever listens and
 * written to live.json as whole snapshots, at most four a second and at least one every two seconds.
 */
export class LiveBoard {
  private readonly startedAt = Date.now();
  private readonly scheduler = thisProcess();
  private readonly heartbeat: NodeJS.Timeout;
  private state: LiveState = "running";
  private message: string | null = null;
  private timer: NodeJS.Timeout | null = null;
  private writing: Promise<void> = Promise.resolve();
  private workAtStart = 0;

  constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly runs: LiveRun[],
    private readonly onSnapshot: (snapshot: LiveSnapshot) => void,
  ) {
    this.heartbeat = setInterval(() => {
      this.changed();
    }, heartbeatMs);
    this.changed();
  }

  /** Takes the runs that were there before as done: time left is judged by this session's pace alone. */
  begin(): void {
    this.workAtStart = this.workDone();
    this.changed();
  }

  setRun(run: LiveRun): void {
    this.runs[run.run] = run;
    this.changed();
  }

  setState(state: LiveState, message: string | null = null): void {
    this.state = state;
    this.message = message;
    this.changed();
  }

  runsIn(state: LiveRun["state"]): readonly LiveRun[] {
    return this.runs.filter((run) => run.state === state);
  }

  snapshot(): LiveSnapshot {
    return {
      format: "weight-odometer live 1",
      name: this.name,
      state: this.state,
      message: this.message,
      scheduler: this.scheduler,
      startedAt: this.startedAt,
      updatedAt: Date.now(),
      secondsLeft: this.secondsLeft(),
      runs: [...this.runs],
    };
  }

  /** Writes the last snapshot and stops. */
  async close(): Promise<void> {
    clearInterval(this.heartbeat);
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    await this.write();
  }

  private changed(): void {
    this.timer ??= setTimeout(() => {
      this.timer = null;
      void this.write();
    }, writeIntervalMs);
  }

  private write(): Promise<void> {
    const snapshot = this.snapshot();
    this.onSnapshot(snapshot);
    // One write after the other; a full disk must not end the training, the next snapshot may fit again.
    this.writing = this.writing
      .then(() => writeFileAtomic(this.file, JSON.stringify(snapshot)))
      .catch(() => undefined);
    return this.writing;
  }

  /** Finished runs, and shares of those under way. */
  private workDone(): number {
    return this.runs.reduce((sum, run) => {
      if (run.state === "running") return sum + run.step / run.steps;
      return run.state === "queued" ? sum : sum + 1;
    }, 0);
  }

  /** Null until the pace can be told from a few seconds of it. */
  private secondsLeft(): number | null {
    const done = this.workDone();
    const seconds = (Date.now() - this.startedAt) / 1000;
    const pace = (done - this.workAtStart) / seconds;
    return this.state === "running" && seconds > 3 && pace > 0
      ? (this.runs.length - done) / pace
      : null;
  }
}
