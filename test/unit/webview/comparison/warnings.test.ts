import { describe, expect, it } from "vitest";
import {
  degrees,
  elementIndex,
  largestPlace,
} from "../../../../webview/comparison/derived-figures";
import {
  commonest,
  decadeMarks,
  directions,
  padded,
} from "../../../../webview/comparison/histogram";
import { warnings } from "../../../../webview/comparison/warnings";
import { comparison, tensor } from "./tensor";

describe("words about a comparison", () => {
  it("give the angle to full precision where it is small", () => {
    expect(degrees({ rotation: 1 })).toBeCloseTo(90, 12);
    expect(degrees({ rotation: 2 })).toBeCloseTo(180, 12);
    expect(degrees({ rotation: 5e-17 })).toBeCloseTo((1e-8 * 180) / Math.PI, 16);
    expect(degrees({ rotation: null })).toBeNull();
  });

  it("name the place of the largest change by its index along each axis", () => {
    expect(elementIndex(17, [2, 3, 4])).toBe("[1, 1, 1]");
    const moved = comparison([tensor("w", 1)], { maxChangeAt: { tensor: "w", index: 3 } });
    expect(largestPlace(moved)).toBe("w [1, 1]");
    expect(largestPlace(comparison([]))).toBe("");
  });

  it("warn of values that are not finite, of rounding, prefixes and conflicts", () => {
    const side = (dtype: string, shape: number[]) => ({ dtype, shape });
    const found = warnings(
      comparison(
        [
          tensor("a", null, { nonFinite: 2, dtype: "BF16" }),
          tensor("b", 1e-9, { nearRoundingFloor: true, dtype: "BF16", dtypeInB: "F32" }),
        ],
        {
          nonFinite: 2,
          finiteDistance: 5,
          strippedPrefixes: { a: ["module."], b: [] },
          conflicts: [
            { name: "c", reason: "shape", a: side("F32", [1]), b: side("F32", [2]) },
            { name: "d", reason: "type", a: side("F32", [1]), b: side("I8", [1]) },
          ],
        },
      ),
    );
    expect(found).toHaveLength(5);
    expect(found[0]).toBe("2 values in a are infinite or NaN. The others moved by 5.000.");
    expect(found[1]).toMatch(/^b moved by no more than rounding to BF16 may cause/);
    expect(found[2]).toContain("“module.” in A");
    expect(found[3]).toMatch(/^c has another shape in B/);
    expect(found[4]).toMatch(/^d holds floats in one file/);
    expect(warnings(comparison([tensor("a", 1)]))).toEqual([]);
  });
});

describe("the histogram of changes", () => {
  const histogram = {
    firstExponent: -10,
    decreases: [0, 5, 0, 1],
    increases: [1, 2, 3, 0],
    unchanged: 9,
  };

  it("has marks at powers of ten", () => {
    expect(decadeMarks({ ...histogram, firstExponent: 0 }, 9)).toEqual([
      { exponent: 0, place: 0 },
      { exponent: 1, place: Math.log2(10) / 4 },
    ]);
    expect(
      decadeMarks({ ...histogram, increases: new Array<number>(200).fill(1) }, 5).length,
    ).toBeLessThanOrEqual(6);
  });

  it("says which changes are most common, and how many went each way", () => {
    expect(commonest(histogram)).toEqual([2 ** -9, 2 ** -8]);
    expect(directions(histogram)).toEqual({ up: 6, down: 6 });
    expect(commonest({ firstExponent: 0, decreases: [], increases: [], unchanged: 4 })).toBeNull();
  });

  it("is given empty bins around a few, which change nothing of what it says", () => {
    const wide = padded(histogram, 9);
    expect(wide.increases).toEqual([0, 0, 1, 2, 3, 0, 0, 0, 0]);
    expect(wide.firstExponent).toBe(-12);
    expect(commonest(wide)).toEqual(commonest(histogram));
    expect(directions(wide)).toEqual(directions(histogram));
    expect(padded(histogram, 4)).toBe(histogram);
  });
});
