import fc from "fast-check";
import { expect, it } from "vitest";
import { spearman } from "../../../src/statistics/spearman";
import { reference } from "./reference";

it("agrees with all orders counted one by one", () => {
  for (const { x, y, rho, p } of reference.spearman) {
    const found = spearman(x, y);
    expect(found).toMatchObject({ method: "exact", count: x.length });
    expect(found?.rho).toBeCloseTo(rho, 12);
    expect(found?.p).toBeCloseTo(p, 12);
  }
});

it("takes random orders where there are too many, near what all of them give", () => {
  const x = Array.from({ length: 16 }, (_, i) => i);
  const y = x.map((i) => (i * 7) % 16);
  const found = spearman(x, y);
  expect(found).toMatchObject({ method: "random orders" });
  expect(found).toEqual(spearman(x, y));
  // SciPy by Student's t with n - 2 degrees of freedom: 0.696.
  expect(found?.p).toBeCloseTo(0.696, 2);
});

it("has none where a side does not vary", () => {
  expect(spearman([1, 1, 1], [1, 2, 3])).toBeNull();
  expect(spearman([1], [1])).toBeNull();
  expect(() => spearman([1, 2], [1])).toThrow(RangeError);
  expect(() => spearman([1, NaN], [1, 2])).toThrow(RangeError);
});

it("is the same for either side first, and for any rising scale", () => {
  const values = fc.uniqueArray(fc.integer({ min: -50, max: 50 }), {
    minLength: 3,
    maxLength: 9,
  });
  fc.assert(
    fc.property(values, fc.infiniteStream(fc.integer({ min: 0, max: 5 })), (x, stream) => {
      const y = [...stream.take(x.length)];
      const found = spearman(x, y);
      const scaled = spearman(y, x.map(Math.atan));
      expect(scaled?.rho).toBe(found?.rho);
      expect(scaled?.p ?? 0).toBeCloseTo(found?.p ?? 0, 12);
    }),
    { numRuns: 50 },
  );
});
