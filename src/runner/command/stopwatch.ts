import type { RunClock } from "../../protocol/command";

/** Measures what a run takes, without its pauses, by a clock that nobody sets back. */
export class Stopwatch {
  private before = 0;
  private running: { readonly mark: number; readonly since: number } | null = null;

  constructor() {
    this.start();
  }

  start(): void {
    this.running ??= { mark: performance.now(), since: Date.now() };
  }

  stop(): void {
    this.before = this.seconds;
    this.running = null;
  }

  get seconds(): number {
    const { running } = this;
    return this.before + (running ? (performance.now() - running.mark) / 1000 : 0);
  }

  /** For readers in other processes, who know the time of day alone. */
  get state(): RunClock {
    return { seconds: this.before, since: this.running?.since ?? null };
  }
}
