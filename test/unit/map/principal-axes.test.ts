import { expect, it } from "vitest";
import { mapDistances } from "../../../src/map/map-distances";
import { principalAxes } from "../../../src/map/principal-axes";
import { randomPoints, relativeError } from "./fixtures";

it("keeps distances, orders axes by variance, and puts the centroid at the origin", () => {
  const points = randomPoints(20, 3, "axes").map((value, at) => value * (1 + (at % 3)) + 5);
  const turned = principalAxes(points, 3);
  expect(relativeError(mapDistances(turned, 3), mapDistances(points, 3))).toBeLessThan(1e-12);
  const squares = [0, 0, 0];
  const sums = [0, 0, 0];
  turned.forEach((value, at) => {
    squares[at % 3] += value * value;
    sums[at % 3] += value;
  });
  expect(squares[0]).toBeGreaterThan(squares[1]);
  expect(squares[1]).toBeGreaterThan(squares[2]);
  for (const sum of sums) expect(Math.abs(sum)).toBeLessThan(1e-10);
});

it("makes the same of a map turned and mirrored", () => {
  const points = randomPoints(15, 2, "mirror").map((value, at) => value * (1 + (at % 2)));
  const mirrored = points.map((_, at) => (at % 2 === 0 ? points[at + 1] : points[at - 1]));
  expect(relativeError(principalAxes(mirrored, 2), principalAxes(points, 2))).toBeLessThan(1e-12);
});

it("takes points that are all one", () => {
  expect(principalAxes(new Float64Array(8).fill(3), 2)).toEqual(new Float64Array(8));
});
