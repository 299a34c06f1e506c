import { expect, it } from "vitest";
import { nearestCheck } from "../../../src/distance/nearest-check";

it("finds each run's own final state nearest, with the smallest ratio as margin", () => {
  const initialToFinal = Float64Array.of(1, 5, 6, 4, 2, 7, 8, 9, 3);
  expect(nearestCheck({ runs: 3, initialToFinal })).toEqual({
    applicable: true,
    pairs: 3,
    own: 3,
    allOwn: true,
    margin: 2,
    reverse: { own: 3, allOwn: true, margin: 2 },
  });
});

it("tells the two directions apart", () => {
  // The second initial state is nearer to the first final state than to its own.
  const initialToFinal = Float64Array.of(1, 9, 2, 3);
  expect(nearestCheck({ runs: 2, initialToFinal })).toMatchObject({
    own: 1,
    allOwn: false,
    margin: 2 / 3,
    reverse: { own: 2, allOwn: true, margin: 2 },
  });
});

it("does not call a tie nearest, nor a distance that is not a number", () => {
  expect(nearestCheck({ runs: 2, initialToFinal: Float64Array.of(1, 1, 4, 2) })).toMatchObject({
    own: 1,
    margin: 1,
  });
  expect(nearestCheck({ runs: 2, initialToFinal: Float64Array.of(NaN, 1, 4, 2) })).toMatchObject({
    own: 1,
    margin: 2,
  });
});

it("has no margin with one run or no movement", () => {
  expect(nearestCheck({ runs: 1, initialToFinal: Float64Array.of(3) })).toMatchObject({
    own: 1,
    allOwn: true,
    margin: null,
  });
  expect(nearestCheck({ runs: 2, initialToFinal: Float64Array.of(0, 1, 1, 0) })).toMatchObject({
    own: 2,
    margin: null,
  });
});

it("is not applicable where runs share an initial state", () => {
  const initialToFinal = Float64Array.of(1, 2, 1, 2);
  const shared = { applicable: false, pairs: 2 };
  expect(nearestCheck({ runs: 2, initialToFinal, sharedInitialStates: true })).toMatchObject(
    shared,
  );
  const initialToInitial = new Float64Array(4);
  expect(nearestCheck({ runs: 2, initialToFinal, initialToInitial })).toMatchObject(shared);
});

it("refuses matrices of another size", () => {
  expect(() => nearestCheck({ runs: 2, initialToFinal: new Float64Array(3) })).toThrow(RangeError);
  expect(() => nearestCheck({ runs: 0, initialToFinal: new Float64Array(0) })).toThrow(RangeError);
});
