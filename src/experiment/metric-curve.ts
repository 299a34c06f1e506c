import { statistics } from "../distance/statistics";
import type { ThinSeries } from "../metrics/thin-series";
import type { MetricCurve } from "../protocol/metrics";
import { alignedCurves } from "./aligned-curves";

/** Equal shares of a run that series of different places are read at. */
const shares = 100;

/**
 * A metric's mean curve over runs; null where none has more than one value. Where some runs count steps and others
 * values, those that are more stand for all.
 */
export function metricCurve(all: readonly ThinSeries[]): MetricCurve | null {
  const lines = all.filter(({ at }) => at.length > 1);
  const byStep = lines.filter(({ axis }) => axis === "step");
  const axis = 2 * byStep.length >= lines.length ? "step" : "value";
  const chosen = lines.filter((line) => line.axis === axis);
  if (chosen.length === 0) return null;
  const { curves, interpolated } = alignedCurves(
    chosen.map(({ at, values }) => ({ at, values: [values] })),
    shares,
  );
  const points = curves[0].at
    .map((_, t) => ({
      at: curves.reduce((sum, { at }) => sum + at[t], 0) / curves.length,
      ...statistics(curves.map(({ values: [values] }) => values[t])),
    }))
    // The square of a value may be none any more.
    .filter(({ mean, std }) => Number.isFinite(mean) && Number.isFinite(std ?? 0));
  if (points.length < 2) return null;
  const deviations = points.map(({ std }) => std);
  return {
    axis,
    at: points.map(({ at }) => at),
    mean: points.map(({ mean }) => mean),
    std: deviations.every((std) => std !== null) ? deviations : null,
    runs: curves.length,
    interpolated,
  };
}
