import type { TrainingPace } from "../protocol/trainer";

const recentMs = 1000;

/** How fast a run goes, on the clock of `performance.now()`, in milliseconds. */
export class Pace {
  private readonly started = performance.now();
  private first: number | null = null;
  private last = 0;
  private images = 0;
  private left = 0;
  /** The window that the recent rate is of, and the one before. */
  private window = { since: 0, images: 0 };
  private rate: number | null = null;

  /** Counts a step's images, which end at `now`. The first step is left out of rates: it compiles. */
  add(images: number, now: number): void {
    this.last = now;
    if (this.first === null) {
      this.first = now;
      this.window.since = now;
      return;
    }
    this.images += images;
    this.window.images += images;
    const elapsed = now - this.window.since;
    if (elapsed < recentMs) return;
    this.rate = (1000 * this.window.images) / elapsed;
    this.window = { since: now, images: 0 };
  }

  /** Time that was no training: a pause. */
  leaveOut(milliseconds: number): void {
    this.left += milliseconds;
    this.window.since += milliseconds;
  }

  /** Images a second lately; null where no step has been timed. */
  recent(now: number): number | null {
    if (this.rate !== null) return this.rate;
    const elapsed = now - this.window.since;
    return this.window.images > 0 && elapsed > 0 ? (1000 * this.window.images) / elapsed : null;
  }

  seconds(): number {
    return (performance.now() - this.started) / 1000;
  }

  summary(): TrainingPace {
    const { first, started, last, left, images } = this;
    const training = first === null ? 0 : last - first - left;
    return {
      secondsToFirstStep: first === null ? null : (first - started) / 1000,
      imagesPerSecond: training > 0 ? (1000 * images) / training : null,
      // The operating system counts in KiB on all platforms (libuv).
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  }
}
