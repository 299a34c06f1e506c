import { statistics } from "../distance/statistics";
import type { Radius } from "../protocol/results";

/**
 * Radii about the centroid in the full space: r_i^2 = B_ii.
 * @param matrix B, the Gram matrix of these points about their own centroid, n x n, row-major (see doubleCentred)
 */
export function fullSpaceRadius(matrix: Float64Array, n: number): Radius {
  const radii = Array.from({ length: n }, (_, i) => Math.sqrt(Math.max(0, matrix[i * n + i])));
  return radiusOf(radii);
}

/** Radii about the centroid of a map; `positions` n x dimensions, row-major. */
export function mapRadius(positions: Float64Array, dimensions: number): Radius {
  const n = positions.length / dimensions;
  const centroid = new Float64Array(dimensions);
  for (let at = 0; at < positions.length; at++) centroid[at % dimensions] += positions[at] / n;
  const radii = Array.from({ length: n }, (_, i) =>
    Math.hypot(...centroid.map((centre, axis) => positions[i * dimensions + axis] - centre)),
  );
  return radiusOf(radii);
}

function radiusOf(radii: readonly number[]): Radius {
  const { mean, std } = statistics(radii);
  return { meanRadius: mean, std };
}
