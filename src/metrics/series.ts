/** One finite value of a metric. */
export type MetricPoint =
  /** At a training step or epoch, as the source tells it. */
  | { readonly step: number; readonly value: number }
  /** The source tells none: which of its finite values this is, from 1. */
  | { readonly step: null; readonly place: number; readonly value: number };

/** Points that are kept of one metric: enough for a curve, little beside a log of millions of lines. */
const MOST_POINTS = 8192;

/** Gathers the finite values of a metric in order; of very many every second, fourth ..., and always the last. */
export class SeriesBuilder {
  private kept: MetricPoint[] = [];
  private stride = 1;
  private seen = 0;
  private newest: MetricPoint | null = null;

  /** Leaves out what is not finite, such as the loss of a step that overflowed. */
  add(value: number, step: number | null = null): void {
    if (!Number.isFinite(value)) return;
    const known = step !== null && Number.isFinite(step);
    const point = known ? { step, value } : { step: null, place: this.seen + 1, value };
    if (this.seen++ % this.stride === 0) this.kept.push(point);
    this.newest = point;
    if (this.kept.length <= MOST_POINTS) return;
    this.kept = this.kept.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
  }

  /** Forgets points from a step on: a training that was started again writes them anew. */
  restartAt(step: number): void {
    const before = (point: MetricPoint) => point.step === null || point.step < step;
    this.kept = this.kept.filter(before);
    if (this.newest && !before(this.newest)) this.newest = this.kept.at(-1) ?? null;
  }

  get points(): readonly MetricPoint[] {
    const last = this.newest;
    return last && this.kept.at(-1) !== last ? [...this.kept, last] : this.kept;
  }
}

/** The value that stands for a run: the last that is finite; null without one. */
export function lastValue(points: readonly MetricPoint[]): number | null {
  return points.at(-1)?.value ?? null;
}
