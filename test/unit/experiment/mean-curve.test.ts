import { expect, it } from "vitest";
import { meanCurve } from "../../../src/experiment/mean-curve";

const curve = (steps: number[], toFinal: (number | null)[]) => ({
  curve: { steps, toFinal, fromInitial: toFinal.map((_, i) => i) },
});

it("averages runs of the same steps at each of these", () => {
  const found = meanCurve([curve([0, 5, 8], [4, 2, 0]), curve([0, 5, 8], [6, 3, 0])])!;
  expect(found).toMatchObject({ runs: 2, interpolated: false });
  expect(found.points.map(({ step, toFinal }) => [step, toFinal.mean])).toEqual([
    [0, 5],
    [5, 2.5],
    [8, 0],
  ]);
  expect(found.points[0].toFinal.std).toBeCloseTo(Math.SQRT2, 12);
  expect(found.points[1].fromInitial.mean).toBe(1);
});

it("reads runs of different length at equal shares, linearly", () => {
  const found = meanCurve([curve([0, 10, 20], [2, 1, 0]), curve([0, 10, 40], [8, 6, 0])])!;
  expect(found.interpolated).toBe(true);
  expect(found.points).toHaveLength(21);
  expect(found.points.map(({ step }) => step).slice(0, 3)).toEqual([0, 1.5, 3]);
  const [intercept, , , , , , , , , , half] = found.points;
  expect(intercept.toFinal.mean).toBe(5);
  // Steps 10 of 20, and 20 of 40, a third of the way from 10 to 40.
  expect(half.toFinal.mean).toBeCloseTo((1 + 4) / 2, 12);
  expect(found.points[20].toFinal.mean).toBe(0);
});

it("leaves out runs without checkpoints and those that diverged", () => {
  expect(meanCurve([{ curve: null }])).toBeNull();
  const found = meanCurve([curve([0, 8], [4, 0]), curve([0, 8], [null, null]), { curve: null }]);
  expect(found).toMatchObject({ runs: 1, interpolated: false });
});
