import type { MetricPoint } from "./series";

/** Points of a metric that are kept of a run: enough for a curve. One more, the last, may stand behind them. */
export const mostPoints = 256;

/** A metric along a run, little enough to be kept beside it. */
export interface ThinSeries {
  /** What `at` counts: steps (or epochs) as the source tells them, or its finite values, from 1, where it tells none. */
  readonly axis: "step" | "value";
  /** Rising. */
  readonly at: readonly number[];
  /** As many, finite. */
  readonly values: readonly number[];
}

/**
 * Thins a metric's values: of n points each k-th from the first on, k the smallest power of two that leaves at most
 * `mostPoints`, and always the last; values are kept as they are, never averaged. What was written again from an earlier
 * step on replaces what stood there, as after a restart; where that would leave less than half of the points, the steps
 * are none of the whole training (batches of an epoch, say) and values are counted instead.
 */
export function thinSeries(points: readonly MetricPoint[]): ThinSeries {
  const rising = risingSteps(points);
  const axis = rising && 2 * rising.length >= points.length ? "step" : "value";
  const all: readonly MetricPoint[] = axis === "step" ? rising! : points;
  const stride = 2 ** Math.ceil(Math.log2(Math.max(1, all.length / mostPoints)));
  const kept = all.flatMap((point, i) =>
    i % stride === 0 || i === all.length - 1 ? [[point, i] as const] : [],
  );
  return {
    axis,
    at: kept.map(([point, i]) => (axis === "step" ? point.step! : placeOf(point, i))),
    values: kept.map(([{ value }]) => value),
  };
}

function placeOf(point: MetricPoint, index: number): number {
  return point.step === null ? point.place : index + 1;
}

/** Points by rising steps, of equal ones the last; null where one tells no step. */
function risingSteps(points: readonly MetricPoint[]): MetricPoint[] | null {
  const rising: MetricPoint[] = [];
  for (const point of points) {
    if (point.step === null) return null;
    while (rising.length > 0 && rising[rising.length - 1].step! >= point.step) rising.pop();
    rising.push(point);
  }
  return rising;
}
