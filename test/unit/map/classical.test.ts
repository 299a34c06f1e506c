import { describe, expect, it } from "vitest";
import { classicalPositions, explainedShare, spectrum } from "../../../src/map/classical";
import { doubleCentred, selectSquare } from "../../../src/map/double-centre";
import { mapDistances } from "../../../src/map/map-distances";
import { fullSpaceRadius, mapRadius } from "../../../src/map/sphere";
import { kruskalStress } from "../../../src/map/stress";
import { randomPoints, relativeError, stateFigures } from "./fixtures";

const { runs } = stateFigures;
const all = Float64Array.from(stateFigures.distances);
const indices = Array.from({ length: 2 * runs }, (_, i) => i);
const sets = [
  { name: "joint" as const, points: indices },
  { name: "initial" as const, points: indices.slice(0, runs) },
  { name: "final" as const, points: indices.slice(runs) },
];

describe.each(sets)("the $name states against NumPy and SciPy", ({ name, points }) => {
  const expected = stateFigures[name];
  const distances = selectSquare(all, 2 * runs, points);
  const matrix = doubleCentred(all, 2 * runs, points);
  const axes = spectrum(matrix, points.length);

  it("have the same eigenvalues", () => {
    const found = axes.pairs.map(({ value }) => value);
    // The last of n eigenvalues of a centred matrix is 0.
    expect(relativeError(found, expected.eigenvalues)).toBeLessThan(1e-9);
  });

  it("have the same radii in the full space", () => {
    const found = fullSpaceRadius(matrix, points.length);
    expect(found.meanRadius).toBeCloseTo(expected.fullSpace.meanRadius, 10);
    expect(found.std).toBeCloseTo(expected.fullSpace.std!, 10);
    const radii = points.map((_, i) => Math.sqrt(matrix[i * (points.length + 1)]));
    expect(relativeError(radii, expected.radii)).toBeLessThan(1e-9);
  });

  it.each(expected.maps)("have the same map in $dimensions dimensions", (map) => {
    const positions = classicalPositions(axes, map.dimensions);
    expect(relativeError(positions, map.positions)).toBeLessThan(1e-6);
    expect(explainedShare(axes, map.dimensions)).toBeCloseTo(map.explained, 9);
    expect(kruskalStress(distances, positions, map.dimensions)).toBeCloseTo(map.stress, 9);
    const radius = mapRadius(positions, map.dimensions);
    expect(radius.meanRadius).toBeCloseTo(map.radius.meanRadius, 8);
    expect(radius.std).toBeCloseTo(map.radius.std!, 8);
  });
});

it("recovers a 3-D configuration whole, with duplicate points", () => {
  const points = randomPoints(12, 3, "configuration");
  points.set(points.subarray(0, 9), 9);
  const distances = mapDistances(points, 3);
  const axes = spectrum(doubleCentred(distances, 12), 12);
  const positions = classicalPositions(axes, 3);
  expect(relativeError(mapDistances(positions, 3), distances)).toBeLessThan(1e-12);
  expect(explainedShare(axes, 3)).toBeCloseTo(1, 12);
  expect(kruskalStress(distances, positions, 3)).toBeLessThan(1e-12);
});

it("keeps axes that a line does not have at 0", () => {
  const line = Float64Array.from({ length: 6 }, (_, i) => i * i);
  const positions = classicalPositions(spectrum(doubleCentred(mapDistances(line, 1), 6), 6), 3);
  positions.forEach((value, at) => {
    if (at % 3 > 0) expect(Math.abs(value)).toBe(0);
  });
});

it("maps points that are all one to the origin", () => {
  const zero = new Float64Array(25);
  const axes = spectrum(doubleCentred(zero, 5), 5);
  const positions = classicalPositions(axes, 3);
  expect(positions.every((value) => value === 0)).toBe(true);
  expect(explainedShare(axes, 3)).toBe(0);
  expect(kruskalStress(zero, positions, 3)).toBe(0);
});

it("makes a ball of nearly equidistant points: radii vary by about 40 per cent", () => {
  const n = 300;
  const distances = mapDistances(randomPoints(n, 2000, "cloud"), 2000);
  const matrix = doubleCentred(distances, n);
  const { meanRadius, std } = mapRadius(classicalPositions(spectrum(matrix, n), 3), 3);
  expect(std! / meanRadius).toBeGreaterThan(0.3);
  expect(std! / meanRadius).toBeLessThan(0.5);
  const full = fullSpaceRadius(matrix, n);
  expect(full.std! / full.meanRadius).toBeLessThan(0.03);
});

it("says stress by Kruskal's first formula: the map's own distances below", () => {
  const distances = Float64Array.of(0, 3, 3, 0);
  const positions = Float64Array.of(0, 0, 2, 0);
  expect(kruskalStress(distances, positions, 2)).toBe(Math.sqrt(1 / 4));
});
