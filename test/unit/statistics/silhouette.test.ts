import { expect, it } from "vitest";
import { silhouette } from "../../../src/statistics/silhouette";
import { reference } from "./reference";

it("agrees with scikit-learn", () => {
  const { points, clusters, score } = reference.silhouette;
  const distance = (i: number, j: number) =>
    Math.hypot(...points[i].map((value, axis) => value - points[j][axis]));
  expect(silhouette(distance, clusters)).toBeCloseTo(score, 12);
});

it("is 1 for clusters that are points, 0 for one of a kind, nothing for one cluster", () => {
  const apart = (clusters: number[]) => (i: number, j: number) =>
    clusters[i] === clusters[j] ? 0 : 1;
  const clusters = [0, 0, 1, 1];
  expect(silhouette(apart(clusters), clusters)).toBe(1);
  expect(silhouette(() => 1, [0, 1])).toBe(0);
  expect(silhouette(() => 0, [0, 0, 1, 1])).toBe(0);
  expect(silhouette(() => 1, [0, 0])).toBeNull();
});
