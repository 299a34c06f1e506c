import fc from "fast-check";
import { expect, it } from "vitest";
import { statistics } from "../../../src/distance/statistics";

it("gives mean, standard deviation over n - 1 and coefficient of variation", () => {
  expect(statistics([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({
    count: 8,
    mean: 5,
    std: Math.sqrt(32 / 7),
    cvPercent: (100 * Math.sqrt(32 / 7)) / 5,
  });
});

it("has no spread with one value, and no coefficient of variation around 0", () => {
  expect(statistics([3])).toEqual({ count: 1, mean: 3, std: null, cvPercent: null });
  expect(statistics([-1, 1])).toMatchObject({ mean: 0, std: Math.SQRT2, cvPercent: null });
  expect(() => statistics([])).toThrow(RangeError);
});

it("keeps its digits on values that differ little", () => {
  const found = statistics(Float64Array.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));
  expect(found.mean).toBe(1e9 + 10);
  expect(found.std).toBeCloseTo(Math.sqrt(30), 12);
});

it("moves with a shift and a scale", () => {
  const values = fc.array(fc.double({ min: 1, max: 100, noNaN: true }), {
    minLength: 2,
    maxLength: 50,
  });
  fc.assert(
    fc.property(values, (list) => {
      const once = statistics(list);
      const twice = statistics(list.map((value) => 2 * value));
      expect(twice.mean).toBeCloseTo(2 * once.mean, 9);
      expect(twice.std).toBeCloseTo(2 * once.std!, 9);
      expect(twice.cvPercent).toBeCloseTo(once.cvPercent!, 9);
    }),
    { seed: 5 },
  );
});
