import { describe, expect, it } from "vitest";
import { angle } from "../../../src/distance/angle";
import { joinSums } from "../../../src/distance/change-sums";
import { DecodedSums } from "../../../src/distance/decoded-sums";
import { movement } from "../../../src/distance/movement";

function sumsOf(a: readonly number[], b: readonly number[]) {
  const sums = new DecodedSums();
  sums.add(Float64Array.from(a), Float64Array.from(b));
  return sums.values;
}

function movementOf(a: readonly number[], b: readonly number[]) {
  return movement(sumsOf(a, b), null, 0);
}

describe("joinSums", () => {
  it("adds up over parts, and keeps the first place of the largest change", () => {
    const parts = [sumsOf([1, 2], [3, 4]), sumsOf([NaN, 1, 0, 7], [0, 0, 2, 7])];
    expect(joinSums(parts)).toMatchObject({
      parameters: 6,
      nonFinite: 1,
      difference: 13,
      squareA: 55,
      squareB: 78,
      dot: 60,
      histogram: { unchanged: 1 },
      max: 2,
      maxIndex: 0,
    });
  });

  it("is zero of nothing", () => {
    expect(joinSums([])).toMatchObject({ parameters: 0, difference: 0, max: 0, maxIndex: -1 });
  });
});

describe("movement", () => {
  it("is null where squares overflow", () => {
    expect(movementOf([1e200], [0])).toMatchObject({
      distance: null,
      finiteDistance: null,
      cosine: null,
      maxChange: 1e200,
      nonFinite: 0,
    });
  });

  it("keeps the cosine within -1 and 1", () => {
    const values = Array.from({ length: 999 }, (_, i) => Math.sin(i) / 3);
    const turned = values.map((value) => -0.1 * value);
    expect(movementOf(values, turned).cosine).toBeGreaterThanOrEqual(-1);
    expect(movementOf(values, turned).cosine).toBeCloseTo(-1, 14);
  });

  it("keeps a rotation's digits where the cosine has lost them", () => {
    const turn = 1e-9;
    const { rotation, cosine } = angle(sumsOf([1, 0], [Math.cos(turn), Math.sin(turn)]));
    expect(cosine).toBe(1);
    expect(rotation! / (turn ** 2 / 2)).toBeCloseTo(1, 12);
    expect(angle(sumsOf([1, 0], [-3, 0]))).toEqual({ cosine: -1, rotation: 2 });
    expect(angle(sumsOf([1, 0], [0, 0]))).toEqual({ cosine: null, rotation: null });
  });

  it("has bins of one power of two each, by sign", () => {
    const { histogram, changed, changedShare } = movementOf(
      [0, 0, 0, 0, 5, -0, 1, NaN],
      [1, 1.99, -0.5, -4, 5, 0, 1 + 2 ** -52, 3],
    );
    expect(histogram).toMatchObject({ firstExponent: -52, unchanged: 2 });
    expect([histogram.increases[0], histogram.increases[52], histogram.increases.length]).toEqual([
      1, 2, 55,
    ]);
    expect([histogram.decreases[51], histogram.decreases[54]]).toEqual([1, 1]);
    expect([changed, changedShare]).toEqual([5, 5 / 7]);
  });

  it("puts what normal numbers do not hold into the outer bins", () => {
    const { histogram, maxChange } = movementOf(
      [0, 0, -1e308, 0],
      [1e-320, 2 ** -1022, 1e308, -Infinity],
    );
    expect(histogram).toMatchObject({ firstExponent: -1022, unchanged: 0 });
    const { increases, decreases } = histogram;
    expect([increases[0], increases.at(-1), increases.length]).toEqual([2, 1, 2046]);
    expect(decreases.every((count) => count === 0)).toBe(true);
    expect(maxChange).toBeNull();
  });

  it("says where rounding may be all there is", () => {
    const sums = sumsOf([1, 1, 1, 1], [1, 1, 1, 1 + 2 ** -7]);
    const square = (2 ** -8) ** 2 * sums.squareA;
    expect(movement(sums, null, square)).toMatchObject({
      roundingFloor: 2 ** -8,
      nearRoundingFloor: true,
    });
    const moved = sumsOf([1, 1, 1, 1], [1, 1, 1, 1.5]);
    expect(movement(moved, null, square).nearRoundingFloor).toBe(false);
    expect(movement(sumsOf([1], [1]), null, square).nearRoundingFloor).toBe(false);
    expect(movementOf([1], [2]).roundingFloor).toBeNull();
  });

  it("has nothing to say of no elements", () => {
    expect(movementOf([], [])).toMatchObject({
      distance: 0,
      rmsChange: null,
      maxChange: null,
      maxChangeAt: null,
      changed: 0,
      changedShare: null,
      histogram: { increases: [], decreases: [], unchanged: 0 },
    });
  });
});
