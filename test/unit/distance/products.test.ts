import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ProductSums } from "../../../src/distance/products";
import { CompensatedSum } from "../../../src/distance/sum";

function sumsOf(a: ArrayLike<number>, b: ArrayLike<number>) {
  const sums = new ProductSums();
  sums.add(Float64Array.from(a), Float64Array.from(b));
  return sums.sums;
}

describe("CompensatedSum", () => {
  it("keeps what plain addition loses", () => {
    const sum = new CompensatedSum();
    for (const term of [1, 1e100, 1, -1e100]) sum.add(term);
    expect(sum.value).toBe(2);
  });

  it("passes on what is not finite", () => {
    const sum = new CompensatedSum();
    for (const term of [1, Infinity, 1]) sum.add(term);
    expect(sum.value).toBe(Infinity);
    sum.add(-Infinity);
    expect(sum.value).toBeNaN();
  });
});

describe("ProductSums", () => {
  it("is exact on integers, of any length and however cut", () => {
    const integers = fc.array(fc.tuple(fc.integer({ min: -999, max: 999 }), fc.nat(999)), {
      maxLength: 3000,
      size: "max",
    });
    fc.assert(
      fc.property(integers, fc.nat(3000), (pairs, cut) => {
        const a = Float64Array.from(pairs, ([x]) => x);
        const b = Float64Array.from(pairs, ([, y]) => y);
        const sums = new ProductSums();
        sums.add(a.subarray(0, cut), b.subarray(0, cut));
        sums.add(a.subarray(cut), b.subarray(cut));
        const sum = (term: (x: number, y: number) => number) =>
          pairs.reduce((total, [x, y]) => total + term(x, y), 0);
        expect(sums.sums).toEqual({
          difference: sum((x, y) => (x - y) ** 2),
          squareA: sum((x) => x * x),
          squareB: sum((_, y) => y * y),
          dot: sum((x, y) => x * y) + 0,
          nonFinite: 0,
        });
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it("leaves out positions that are not finite on either side, and counts them", () => {
    expect(sumsOf([1, NaN, 3, 4], [2, 2, -Infinity, 4])).toEqual({
      difference: 1,
      squareA: 17,
      squareB: 20,
      dot: 18,
      nonFinite: 2,
    });
  });
});
