import { expect, it } from "vitest";
import { leastSquaresSlope } from "../../../src/statistics/slope";

it("is that of the line of least squares", () => {
  expect(
    leastSquaresSlope([
      [0, 1],
      [1, 3],
      [2, 5],
    ]),
  ).toBeCloseTo(2, 12);
  // numpy.polyfit([0, 0.2, 0.5, 1], [5.4, 5.1, 4.2, 3.3], 1)[0]
  expect(
    leastSquaresSlope([
      [0, 5.4],
      [0.2, 5.1],
      [0.5, 4.2],
      [1, 3.3],
    ]),
  ).toBeCloseTo(-2.167400881057268, 9);
  expect(
    leastSquaresSlope([
      [1, 2],
      [1, 3],
    ]),
  ).toBeNull();
  expect(leastSquaresSlope([])).toBeNull();
});
