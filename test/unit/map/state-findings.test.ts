import { expect, it } from "vitest";
import {
  displacementCosines,
  displacementDistances,
  displacementProducts,
} from "../../../src/map/displacements";
import { displacementsOfStates } from "../../../src/map/displacement-maps";
import { nearestStates } from "../../../src/map/nearest-states";
import { scratchClusters } from "../../../src/map/scratch-clusters";
import type { StateLabel } from "../../../src/map/state-maps";

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((value, i) => value - b[i]));

/** Two scratches, the runs 0 and 2 from the first one, 1 and 3 from the second. */
const scratches = [
  [0, 0, 0],
  [10, 0, 0],
];
const finals = [
  [0, 1, 0],
  [10, 2, 0],
  [0, 1, 1],
  [10, 0, -3],
];
const points = [...scratches, ...finals];
const labels: StateLabel[] = [
  { run: 0, state: "initial" },
  { run: 1, state: "initial" },
  ...finals.map((_, run): StateLabel => ({ run, state: "final", scratch: run % 2 })),
];
const distances = Float64Array.from(points.flatMap((a) => points.map((b) => distance(a, b))));

it("finds final states in clusters about their scratches", () => {
  const found = scratchClusters(distances, labels)!;
  expect(found).toMatchObject({ scratches: 2, finals: 4, nearOwn: 4 });
  const within = (distance(finals[0], finals[2]) + distance(finals[1], finals[3])) / 2;
  expect(found.within).toBeCloseTo(within, 12);
  expect(found.between).toBeGreaterThan(9);
  const margins = finals.map(
    (final, i) => distance(final, scratches[1 - (i % 2)]) / distance(final, scratches[i % 2]),
  );
  expect(found.margin).toBeCloseTo(Math.min(...margins), 12);
  expect(found.silhouette).toBeGreaterThan(0.6);
  expect(found.silhouette).toBeLessThan(1);
});

it("has no clusters where each run starts from weights of its own", () => {
  const own = labels.slice(0, 4).map(({ run, state }) => ({ run: run % 2, state }));
  const square = Float64Array.from(
    points.slice(0, 4).flatMap((a) => points.slice(0, 4).map((b) => distance(a, b))),
  );
  expect(scratchClusters(square, own)).toBeNull();
});

it("finds each scratch's nearest final state", () => {
  expect(nearestStates(distances, labels)).toEqual([
    { run: 0, nearest: 0, distance: 1 },
    { run: 1, nearest: 1, distance: 2 },
  ]);
});

it("compares displacements by their angles and ends", () => {
  const moves = finals.map((final, i) => final.map((value, k) => value - scratches[i % 2][k]));
  const products = displacementProducts(distances, labels);
  const between = displacementDistances(products);
  moves.forEach((a, i) => {
    moves.forEach((b, j) => {
      expect(products[4 * i + j]).toBeCloseTo(
        a.reduce((sum, value, k) => sum + value * b[k], 0),
        10,
      );
      expect(between[4 * i + j]).toBeCloseTo(distance(a, b), 6);
    });
  });
  const cosine = (i: number, j: number) =>
    moves[i].reduce((sum, value, k) => sum + value * moves[j][k], 0) /
    Math.hypot(...moves[i]) /
    Math.hypot(...moves[j]);
  const cosines = [1, 2, 3].flatMap((i) => Array.from({ length: i }, (_, j) => cosine(i, j)));
  const found = displacementCosines(distances, labels)!;
  expect(found).toMatchObject({ runs: 4, pairs: 6 });
  expect(found.mean).toBeCloseTo(cosines.reduce((sum, value) => sum + value, 0) / 6, 9);
  expect(found.histogram.from).toBeCloseTo(Math.min(...cosines), 9);
  expect(found.histogram.to).toBeCloseTo(1, 9);
  expect(found.histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(6);
});

it("maps displacements at their distances", async () => {
  const moves = finals.map((final, i) => final.map((value, k) => value - scratches[i % 2][k]));
  const found = (await displacementsOfStates(distances, labels, 3, { seed: 0 }))!;
  expect(found.maps.map(({ method, states }) => [method, states])).toEqual([
    ["classical", "displacements"],
    ["metric", "displacements"],
  ]);
  // Four points in three dimensions lose nothing.
  const [{ points, stress }] = found.maps;
  expect(stress).toBeLessThan(1e-6);
  points.forEach((a, i) => {
    expect(a.run).toBe(i);
    points.forEach((b, j) => {
      expect(distance(a.position, b.position)).toBeCloseTo(distance(moves[i], moves[j]), 6);
    });
  });
  expect(
    await displacementsOfStates(new Float64Array(1), labels.slice(0, 1), 3, { seed: 0 }),
  ).toBeNull();
});
