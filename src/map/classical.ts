import type { Eigenpair } from "./lanczos";
import { topEigenpairs } from "./top-eigenpairs";

/** Eigenvalues worth showing, and axes that a map may have. */
const EIGENVALUES = 10;
const AXES = 3;

/** The leading part of the spectrum of a double-centred Gram matrix. */
export interface Spectrum {
  /** Largest first; at most ten, of which the vectors of the first three are exact to rounding. */
  readonly pairs: readonly Eigenpair[];
  /** Sum of all eigenvalues. */
  readonly trace: number;
  readonly points: number;
}

/**
 * Algorithm 1, step 3: the largest eigenvalues of B and their eigenvectors.
 * @param matrix B, n x n, row-major (see doubleCentred)
 */
export function spectrum(matrix: Float64Array, n: number): Spectrum {
  let trace = 0;
  for (let i = 0; i < n; i++) trace += matrix[i * n + i];
  return { pairs: topEigenpairs(matrix, n, EIGENVALUES, AXES), trace, points: n };
}

/**
 * Algorithm 1, step 4: X = E Λ^1/2, the classical map. The sign of each axis is chosen so that its coordinate of
 * largest magnitude is positive (the first of these, where several are equal to rounding). An axis whose eigenvalue
 * is not positive, which distances of fewer dimensions bring about, is 0.
 * @param dimensions at most 3
 * @returns positions, n x dimensions, row-major, in units of the distances; centroid at the origin
 */
export function classicalPositions({ pairs, points }: Spectrum, dimensions: number): Float64Array {
  const positions = new Float64Array(points * dimensions);
  const floor = points * Number.EPSILON * Math.abs(pairs[0]?.value ?? 0);
  pairs.slice(0, dimensions).forEach(({ value, vector }, axis) => {
    if (value <= floor) return;
    const length = Math.sqrt(value) * signOf(vector);
    for (let i = 0; i < points; i++) positions[i * dimensions + axis] = length * vector[i];
  });
  return positions;
}

/** Share of B's trace that the first `dimensions` eigenvalues carry; 0 where all points coincide. */
export function explainedShare({ pairs, trace }: Spectrum, dimensions: number): number {
  const sum = pairs.slice(0, dimensions).reduce((total, { value }) => total + value, 0);
  return trace > 0 ? sum / trace : 0;
}

/** Sign that makes the component of largest magnitude positive. */
export function signOf(vector: ArrayLike<number>): 1 | -1 {
  let largest = 0;
  for (let i = 0; i < vector.length; i++)
    if (Math.abs(vector[i]) > Math.abs(largest) * (1 + 1e-9)) largest = vector[i];
  return largest < 0 ? -1 : 1;
}
