import type { ChangeMatrix } from "./change-matrix";
import { jacobi } from "./jacobi";
import { leadingSpace } from "./krylov";
import type { Products } from "./products";

/** Sides up to which all singular values are computed, directly. */
const DIRECT = 96;
/** Vectors beyond those wanted: they tell how far off the next values are. */
const BEYOND = 6;

export interface SingularValues {
  /** Largest first, each at most the exact one but for rounding; fewer than wanted where the rest is rounding. */
  readonly values: readonly number[];
  /** Within this of each lies a singular value. */
  readonly errorBounds: readonly number[];
  readonly estimatedError: number;
  /** Whether there are no more but what is rounding. */
  readonly complete: boolean;
  readonly precision: "float32" | "float64" | "exact";
}

/**
 * The largest singular values of a change: all for a short side of up to 96, else `wanted` from a Krylov space, refined
 * in float64 (Rayleigh and Ritz).
 */
export async function singularValues(
  matrix: ChangeMatrix,
  wanted: number,
  products: Products,
): Promise<SingularValues> {
  const direct = matrix.short <= DIRECT;
  const space = direct
    ? { vectors: identity(matrix.short), estimatedError: 0, complete: true }
    : await leadingSpace(matrix, wanted, wanted + BEYOND, products);
  const n = matrix.short;
  const count = space.vectors.length / n;
  const image = await matrix.toLong(space.vectors, true);
  const gram = await products.timesTransposed(image, image, matrix.long);
  const { vectors: rotation } = jacobi(gram, count);
  const right = await products.times(rotation, space.vectors, n);
  const left = await products.times(rotation, image, matrix.long);
  const values = Array.from({ length: count }, (_, i) =>
    norm(left.subarray(i * matrix.long, (i + 1) * matrix.long)),
  );
  values.forEach((value, i) => {
    for (let at = i * matrix.long; at < (i + 1) * matrix.long; at++)
      left[at] /= value === 0 ? 1 : value;
  });
  const kept = direct ? count : Math.min(wanted, count);
  const back = await matrix.toShort(left.subarray(0, kept * matrix.long), direct);
  const errorBounds = values.slice(0, kept).map((value, i) => {
    let square = 0;
    for (let at = i * n; at < (i + 1) * n; at++) square += (back[at] - value * right[at]) ** 2;
    // Of the residuals of both singular vectors together one is 0: |(0, r)| / |(u, v)|.
    return Math.sqrt(square / 2);
  });
  return {
    values: values.slice(0, kept),
    errorBounds,
    estimatedError: space.estimatedError,
    complete: space.complete,
    precision: direct ? "exact" : matrix.precision,
  };
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}

function norm(row: Float64Array): number {
  let square = 0;
  for (const value of row) square += value * value;
  return Math.sqrt(square);
}
