import { describe, expect, it } from "vitest";
import { mapDistances } from "../../../src/map/map-distances";
import { metricMap, metricMapSteps } from "../../../src/map/metric-map";
import { mapRadius } from "../../../src/map/sphere";
import { kruskalStress } from "../../../src/map/stress";
import { metricFigures, randomPoints, relativeError } from "./fixtures";

function meanDistance(distances: Float64Array, n: number): number {
  return distances.reduce((sum, distance) => sum + distance, 0) / (n * (n - 1));
}

function rawStress(distances: Float64Array, positions: Float64Array, dimensions: number): number {
  const inMap = mapDistances(positions, dimensions);
  return inMap.reduce((sum, value, at) => sum + (value - distances[at]) ** 2, 0) / 2;
}

describe.each(metricFigures)("$name, against scikit-learn", ({ distances, rawStress: reached }) => {
  const matrix = Float64Array.from(distances);
  const n = Math.sqrt(distances.length);

  it.each([2, 3])("in %i dimensions is not worse by a thousandth", (dimensions) => {
    const map = metricMap(matrix, n, dimensions, { seed: 1, starts: 30 });
    expect(map.rawStress).toBeLessThan(reached[dimensions - 2] * 1.001);
    expect(map.rawStress).toBeCloseTo(rawStress(matrix, map.positions, dimensions), 6);
  });
});

it("recovers a 3-D configuration from random starts", () => {
  const distances = mapDistances(randomPoints(60, 3, "configuration"), 3);
  const map = metricMap(distances, 60, 3, { seed: 5 });
  expect(map.converged).toBe(true);
  expect(relativeError(mapDistances(map.positions, 3), distances)).toBeLessThan(1e-6);
});

it("puts nearly equidistant points on a sphere of two thirds of their mean distance", () => {
  const n = 200;
  const distances = mapDistances(randomPoints(n, 5000, "cloud"), 5000);
  const { positions } = metricMap(distances, n, 3, { seed: 1 });
  const { meanRadius, std } = mapRadius(positions, 3);
  expect(meanRadius / meanDistance(distances, n)).toBeCloseTo(2 / 3, 1);
  expect(std! / meanRadius).toBeLessThan(0.08);
});

it("never lets the stress of a start rise", () => {
  const distances = mapDistances(randomPoints(40, 8, "descent"), 8);
  let last = Infinity;
  for (const { rawStress: stress } of metricMapSteps(distances, 40, 2, { seed: 2, starts: 1 })) {
    expect(stress).toBeLessThanOrEqual(last * (1 + 1e-12));
    last = stress;
  }
});

it("is the same for the same seed, and says when it met its limit", () => {
  const distances = mapDistances(randomPoints(30, 8, "repeat"), 8);
  const options = { seed: 3, maxIterations: 20 };
  const map = metricMap(distances, 30, 3, options);
  expect(map).toEqual(metricMap(distances, 30, 3, options));
  expect(map.converged).toBe(false);
  expect(metricMap(distances, 30, 3, { ...options, seed: 4 })).not.toEqual(map);
});

it("takes a given start, and keeps it where it is exact", () => {
  const candidate = randomPoints(20, 2, "candidate");
  const distances = mapDistances(candidate, 2);
  const map = metricMap(distances, 20, 2, { seed: 1, starts: 0, candidate });
  expect(kruskalStress(distances, map.positions, 2)).toBeLessThan(1e-12);
  expect(() => metricMap(distances, 20, 2, { seed: 1, starts: 0 })).toThrow(RangeError);
});

it("takes points that coincide", () => {
  expect(metricMap(new Float64Array(16), 4, 3, { seed: 1 })).toMatchObject({
    positions: new Float64Array(12),
    rawStress: 0,
    converged: true,
  });
  const pairs = randomPoints(8, 5, "pairs");
  pairs.copyWithin(20, 0, 20);
  const { positions } = metricMap(mapDistances(pairs, 5), 8, 3, { seed: 1 });
  expect(positions.every(Number.isFinite)).toBe(true);
});
