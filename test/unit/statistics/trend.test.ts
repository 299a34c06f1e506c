import { expect, it } from "vitest";
import { pageTrend } from "../../../src/statistics/trend";
import { reference } from "./reference";

it("agrees with SciPy's exact test, and its normal approximation for many repeats", () => {
  for (const { values, statistic, p } of reference.page) {
    const found = pageTrend(values, "rising");
    expect(found).toMatchObject({ statistic, method: "exact" });
    expect(found.p).toBeCloseTo(p, 12);
  }
  for (const { values, statistic, p } of reference.pageNormal) {
    const found = pageTrend(values, "rising");
    expect(found).toMatchObject({ statistic, method: "normal approximation", repeats: 30 });
    expect(found.p).toBeCloseTo(p, 10);
  }
});

it("is one order of n! where one repeat rises throughout", () => {
  expect(pageTrend([[1, 2, 3, 4, 5]], "rising").p).toBeCloseTo(1 / 120, 14);
  expect(pageTrend([[1, 2, 3, 4, 5]], "falling").p).toBe(1);
  expect(pageTrend([[5, 4, 3, 2, 1]], "falling").p).toBeCloseTo(1 / 120, 14);
});

it("finds nothing where all levels are alike", () => {
  expect(pageTrend([[2, 2, 2]], "rising").p).toBe(1);
  expect(pageTrend(Array<number[]>(100).fill([2, 2, 2]), "rising").p).toBe(1);
});

it("refuses what is no table", () => {
  expect(() => pageTrend([], "rising")).toThrow(RangeError);
  expect(() => pageTrend([[1]], "rising")).toThrow(RangeError);
  expect(() => pageTrend([[1, 2], [1]], "rising")).toThrow(RangeError);
});
