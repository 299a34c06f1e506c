import { expect, it } from "vitest";
import { statistics } from "../../../src/distance/statistics";
import { meanInterval } from "../../../src/statistics/interval";
import { reference } from "./reference";

it("agrees with SciPy", () => {
  for (const { values, low, high } of reference.interval) {
    const found = meanInterval(statistics(values));
    expect(found?.low).toBeCloseTo(low, 8);
    expect(found?.high).toBeCloseTo(high, 8);
  }
});

it("says nothing about one value", () => {
  expect(meanInterval(statistics([3]))).toBeNull();
});
