import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { describeDistances, klDivergence } from "../../../src/qmcm/normal-fit";

interface Figures {
  readonly name: string;
  readonly values: readonly number[];
  readonly mean: number;
  readonly std: number;
  readonly counts: readonly number[];
  readonly expected: readonly number[];
  readonly klDivergence: number;
}

const file = path.join(__dirname, "../../fixtures/qmcm/divergence.json");
const cases = JSON.parse(readFileSync(file, "utf8")) as readonly Figures[];

describe("the fitted normal and Eq. 3", () => {
  it.each(cases)("of $name, as NumPy and SciPy have them", (expected) => {
    const found = describeDistances(Float64Array.from(expected.values));
    expect(found.mean).toBeCloseTo(expected.mean, 12);
    expect(found.std).toBeCloseTo(expected.std, 12);
    expect(found.cv).toBeCloseTo(expected.std / expected.mean, 10);
    expect(found.histogram?.counts).toEqual(expected.counts);
    found.histogram?.expected.forEach((count, bin) => {
      expect(count / expected.expected[bin]).toBeCloseTo(1, 9);
    });
    expect(found.klDivergence! / expected.klDivergence).toBeCloseTo(1, 10);
    expect(found.histogram?.from).toBe(Math.min(...expected.values));
    expect(found.histogram?.to).toBe(Math.max(...expected.values));
  });

  it("are not there where all distances are equal, or there is one", () => {
    const equal = describeDistances(Float64Array.of(2, 2, 2));
    expect(equal).toEqual({ mean: 2, std: 0, cv: 0, klDivergence: null, histogram: null });
    const one = describeDistances(Float64Array.of(2));
    expect(one).toEqual({ mean: 2, std: null, cv: null, klDivergence: null, histogram: null });
  });

  it("stay finite for a value a thousand deviations away", () => {
    const values = new Float64Array(1e6).fill(1).fill(2, 500_000);
    values[0] = 1001;
    const { klDivergence: divergence } = describeDistances(values);
    expect(divergence).toBeGreaterThan(0);
    expect(divergence).toBeLessThan(Infinity);
  });

  it("count an empty bin as 0 and give 0 for what is as expected", () => {
    expect(klDivergence({ counts: [0, 5, 5], expected: [1, 4.5, 4.5] })).toBeCloseTo(
      Math.log(5 / 4.5),
      14,
    );
    expect(klDivergence({ counts: [2, 6, 2], expected: [2, 6, 2] })).toBe(0);
  });
});
