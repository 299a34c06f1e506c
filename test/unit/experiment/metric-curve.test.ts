import { expect, it } from "vitest";
import { metricCurve } from "../../../src/experiment/metric-curve";
import type { ThinSeries } from "../../../src/metrics/thin-series";

const series = (at: number[], values: number[], axis: ThinSeries["axis"] = "step"): ThinSeries => ({
  axis,
  at,
  values,
});

it("is the mean and deviation over runs at each step that they share", () => {
  const curve = metricCurve([series([1, 5, 9], [4, 2, 0]), series([1, 5, 9], [6, 4, 3])]);
  expect(curve).toEqual({
    axis: "step",
    at: [1, 5, 9],
    mean: [5, 3, 1.5],
    std: [Math.SQRT2, Math.SQRT2, expect.closeTo(3 / Math.SQRT2, 12)],
    runs: 2,
    interpolated: false,
  });
  expect(metricCurve([series([1, 5], [4, 2])])?.std).toBeNull();
});

it("reads runs of different length at equal shares of their own", () => {
  const curve = metricCurve([series([0, 10], [0, 10]), series([0, 20], [0, 40])])!;
  expect(curve).toMatchObject({ interpolated: true, runs: 2 });
  expect(curve.at).toHaveLength(101);
  expect([curve.at[50], curve.mean[50]]).toEqual([7.5, 12.5]);
});

it("is none of single values, takes the axis that most runs have, and leaves out what overflows", () => {
  expect(metricCurve([])).toBeNull();
  expect(metricCurve([series([3], [1])])).toBeNull();
  const mixed = [series([1, 2], [0, 0], "value"), series([5, 6], [1, 1]), series([5, 6], [1, 1])];
  expect(metricCurve(mixed)).toMatchObject({ axis: "step", runs: 2, at: [5, 6] });
  const huge = [series([1, 2, 3], [1, 1e300, 1]), series([1, 2, 3], [1, -1e300, 3])];
  expect(metricCurve(huge)?.at).toEqual([1, 3]);
});
