import { signOf } from "./classical";
import { topEigenpairs } from "./top-eigenpairs";

/**
 * Turns a map about its centroid so that its first axis has the largest variance, and so on, each with its coordinate
 * of largest magnitude positive: distances stay, and the same map always looks the same.
 * @param positions n x dimensions, row-major
 * @returns turned positions, centroid at the origin
 */
export function principalAxes(positions: Float64Array, dimensions: number): Float64Array {
  const n = positions.length / dimensions;
  const mean = new Float64Array(dimensions);
  positions.forEach((value, at) => {
    mean[at % dimensions] += value / n;
  });
  const centred = positions.map((value, at) => value - mean[at % dimensions]);
  const scatter = new Float64Array(dimensions * dimensions);
  for (let at = 0; at < centred.length; at += dimensions)
    for (let a = 0; a < dimensions; a++)
      for (let b = 0; b < dimensions; b++)
        scatter[a * dimensions + b] += centred[at + a] * centred[at + b];
  const turned = new Float64Array(positions.length);
  topEigenpairs(scatter, dimensions, dimensions).forEach(({ vector }, axis) => {
    const column = Float64Array.from({ length: n }, (_, i) =>
      vector.reduce((sum, part, a) => sum + part * centred[i * dimensions + a], 0),
    );
    const sign = signOf(column);
    column.forEach((value, i) => {
      turned[i * dimensions + axis] = sign * value;
    });
  });
  return turned;
}
