import { open } from "node:fs/promises";
import { writeFileAtomic } from "../experiment/atomic-file";
import { thisProcess } from "../experiment/process-owner";
import type { LiveRun, LiveSnapshot, LiveState, RoomShortage } from "../protocol/live";
import { shareOfAll } from "../words/run-progress";
import { shortageText } from "../words/room-words";
import { Pace } from "./pace";

const writeIntervalMs = 250;
const heartbeatMs = 2000;

/**
 * The live state of an experiment: changed from anywhere in the scheduler, told to whoever listens and
 * written to live.json as whole snapshots, at most four a second (less often where they are large) and as a rule one
 * every two seconds.
 */
export class LiveBoard {
  private readonly startedAt = Date.now();
  private readonly scheduler = thisProcess();
  private readonly heartbeat: NodeJS.Timeout;
  private state: LiveState = "running";
  private message: string | null = null;
  private place: string | null = null;
  private shortage: RoomShortage | null = null;
  // A full disk must not end the training: the next snapshot may fit again.
  private readonly pace = new Pace(writeIntervalMs, () => this.write());
  private workAtStart = 0;

  constructor(
    private readonly name: string,
    private readonly file: string,
    private readonly runs: LiveRun[],
    private readonly onSnapshot: (snapshot: LiveSnapshot) => void,
  ) {
    this.heartbeat = setInterval(() => {
      this.pace.due();
    }, heartbeatMs);
    this.pace.due();
  }

  /** Takes the runs that were there before as done: time left is judged by this session's pace alone. */
  begin(): void {
    this.workAtStart = this.workDone();
    this.pace.due();
  }

  setRun(run: LiveRun): void {
    this.runs[run.run] = run;
    this.pace.due();
  }

  /** Where the runs are, in a line. */
  setPlace(place: string | null): void {
    if (place === this.place) return;
    this.place = place;
    this.pace.due();
  }

  /** What somebody is to decide; null when it has been decided. */
  setShortage(shortage: RoomShortage | null): void {
    this.shortage = shortage;
    this.pace.due();
  }

  setState(state: LiveState, message: string | null = null): void {
    this.state = state;
    this.message = message;
    this.pace.due();
  }

  /** Runs in all, the one that repeats the first among them. */
  get runCount(): number {
    return this.runs.length;
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
      place: this.shortage ? shortageText(this.shortage) : this.place,
      shortage: this.shortage,
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
    await this.pace.stop();
    // On a full disk there is no room for a file aside, but for a few more words in the one that is there.
    await this.write().catch(() => overwrite(this.file, JSON.stringify(this.snapshot())));
  }

  private write(): Promise<void> {
    const snapshot = this.snapshot();
    this.onSnapshot(snapshot);
    return writeFileAtomic(this.file, JSON.stringify(snapshot));
  }

  /** Finished runs, and shares of those under way. */
  private workDone(): number {
    return this.runs.length * shareOfAll({ runs: this.runs, updatedAt: Date.now() });
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

/** Writes a file's content in its own place, as far as it can be. */
async function overwrite(file: string, text: string): Promise<void> {
  try {
    const handle = await open(file, "r+");
    try {
      await handle.writeFile(text);
      await handle.truncate(Buffer.byteLength(text));
    } finally {
      await handle.close();
    }
  } catch {
    // Whoever follows sees that the process has ended.
  }
}
