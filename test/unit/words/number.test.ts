import { expect, it } from "vitest";
import { figure, firstOf, percent, pValue } from "../../../src/words/number";

it("writes numbers as they are read", () => {
  expect([4.3256, 0.13718, 8785.243, 0, -0.5, 2.5e-7, null].map((value) => figure(value))).toEqual([
    "4.326",
    "0.1372",
    "8,785",
    "0",
    "−0.5000",
    "2.500e−7",
    "–",
  ]);
  expect([0.2, 0.926, 1].map(percent)).toEqual(["20 %", "92.6 %", "100 %"]);
  expect([0.0004, 0.0134, 0.5].map(pValue)).toEqual(["p < 0.001", "p = 0.013", "p = 0.50"]);
  expect(firstOf([1, 2, 3], 2)).toBe("1, 2 and 1 more");
});
