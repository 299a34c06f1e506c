import { jacobi } from "./jacobi";
import { orthonormalRows } from "./orthonormal-rows";
import { randomRows } from "./random-rows";
import type { Products } from "./products";

/** Vectors beyond those wanted, which make the wanted ones converge faster. */
const BEYOND = 16;
const MOST_ITERATIONS = 90;
/** Largest ratio of what a power does to the first and the last vector: beyond it the last is lost in rounding. */
const MOST_SPREAD = 1e7;

export interface Eigenpairs {
  /** Largest first. */
  readonly values: Float64Array;
  /** Orthonormal rows [values.length, n]. */
  readonly vectors: Float64Array;
}

/**
 * The largest eigenpairs of a symmetric positive semidefinite matrix by subspace iteration (Golub and Van Loan, Matrix
 * Computations, section 8.2.4) with powers of the matrix, squared as long as rounding allows: nearly all the work is in
 * products. Multiple values come as often as they are; fewer pairs come back where the rest is 0.
 * @param matrix n x n, row-major
 * @param tolerance of each pair's residual, as a share of its value or a millionth of the largest, whichever is more
 */
export async function leadingEigenpairs(
  matrix: Float64Array,
  n: number,
  count: number,
  tolerance: number,
  products: Products,
): Promise<Eigenpairs> {
  if (n <= count + BEYOND) return first(jacobi(matrix.slice(), n), n, count);
  let power = scaled(matrix, n);
  let rows = randomRows(count + BEYOND, n);
  let exponent = 1;
  let settled = false;
  for (let iteration = 1; ; iteration++) {
    rows = await orthonormalRows(await products.times(rows, power, n), n, 0, products);
    // Once the power is what it can be, looking at the pairs takes as long as making them better.
    if (settled && iteration % 3 !== 0) continue;
    const image = await products.times(rows, matrix, n);
    const found = rows.length / n;
    const { values, vectors } = jacobi(await products.timesTransposed(image, rows, n), found);
    rows = await products.times(vectors, rows, n);
    const rotated = await products.times(vectors, image, n);
    const wanted = Math.min(count, found);
    let converged = true;
    for (let i = 0; i < wanted && converged; i++) {
      const accepted = tolerance * Math.max(values[i], 1e-6 * values[0]);
      converged = residual(rotated, rows, values[i], i, n) <= accepted;
    }
    if (converged || iteration === MOST_ITERATIONS)
      return first({ values, vectors: rows }, n, wanted);
    const spread = (values[0] / Math.max(values[found - 1], Number.MIN_VALUE)) ** (2 * exponent);
    settled = spread > MOST_SPREAD;
    if (settled) continue;
    power = scaled(await products.times(power, power, n), n);
    exponent *= 2;
  }
}

function first({ values, vectors }: Eigenpairs, n: number, count: number): Eigenpairs {
  const kept = Math.min(count, values.length);
  return { values: values.slice(0, kept), vectors: vectors.slice(0, kept * n) };
}

/** Over its largest entry, which of a semidefinite matrix lies on the diagonal. */
function scaled(matrix: Float64Array, n: number): Float64Array {
  let largest = 0;
  for (let i = 0; i < n; i++) largest = Math.max(largest, matrix[i * n + i]);
  const result = new Float64Array(matrix);
  if (largest > 0) for (let at = 0; at < result.length; at++) result[at] /= largest;
  return result;
}

/** Norm of A v - λ v for row i. */
function residual(
  images: Float64Array,
  rows: Float64Array,
  value: number,
  i: number,
  n: number,
): number {
  let square = 0;
  for (let at = i * n; at < (i + 1) * n; at++) square += (images[at] - value * rows[at]) ** 2;
  return Math.sqrt(square);
}
