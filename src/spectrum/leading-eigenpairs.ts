import { squaredNorm } from "./matrix";
import { orthonormalRows } from "./orthonormal-rows";
import type { Products } from "./products";
import { randomRows } from "./random-rows";
import { symmetricEigen } from "./symmetric-eigen";

/** Vectors beyond those wanted, which make the wanted ones converge faster. */
const BEYOND = 16;
const MOST_ITERATIONS = 60;
const MOST_DEGREE = 16;
/** Largest ratio of what a filter does to the first and the last vector: beyond it the last is lost in rounding. */
const MOST_SPREAD = 1e7;

export interface Eigenpairs {
  /** Largest first. */
  readonly values: Float64Array;
  /** Orthonormal rows [values.length, n]. */
  readonly vectors: Float64Array;
  /** These and more rows [q, n], to start from where the matrix grows. */
  readonly space: Float64Array;
}

/**
 * The largest eigenpairs of a symmetric positive semidefinite matrix by subspace iteration with Chebyshev polynomials
 * (Saad, Numerical Methods for Large Eigenvalue Problems, section 5.3; Zhou, Saad, Tiago and Chelikowsky 2006): nearly
 * all the work is in products. Multiple values come as often as they are; fewer pairs come back where the rest is 0.
 * @param matrix n x n, row-major
 * @param tolerance of each pair's residual, as a share of its value or a millionth of the largest, whichever is more
 * @param guess rows [q, n] to start from, as far as they go
 */
export async function leadingEigenpairs(
  matrix: Float64Array,
  n: number,
  count: number,
  tolerance: number,
  products: Products,
  guess: Float64Array = new Float64Array(0),
): Promise<Eigenpairs> {
  const width = count + BEYOND;
  if (n <= 2 * width) {
    const { values, vectors } = symmetricEigen(matrix.slice(), n);
    return first(values, vectors, n, count);
  }
  let rows: Float64Array = randomRows(width, n).slice();
  rows.set(guess.subarray(0, rows.length));
  for (let iteration = 1; ; iteration++) {
    rows = await orthonormalRows(rows, n, 0, products);
    // The matrix is its own transpose, and this is the faster product.
    const image = await products.timesTransposed(rows, matrix, n);
    const found = rows.length / n;
    const gram = await products.timesTransposed(image, rows, n);
    const { values, vectors } = symmetricEigen(gram, found);
    rows = await products.times(vectors, rows, n);
    const rotated = await products.times(vectors, image, n);
    const wanted = Math.min(count, found);
    let converged = true;
    for (let i = 0; i < wanted && converged; i++) {
      const accepted = tolerance * Math.max(values[i], 1e-6 * values[0]);
      converged = residual(rotated, rows, values[i], i, n) <= accepted;
    }
    if (converged || iteration === MOST_ITERATIONS) return first(values, rows, n, wanted);
    rows = await filtered(matrix, n, rows, rotated, values, products);
  }
}

function first(values: Float64Array, rows: Float64Array, n: number, count: number): Eigenpairs {
  const kept = Math.min(count, values.length);
  return { values: values.slice(0, kept), vectors: rows.slice(0, kept * n), space: rows };
}

/**
 * Rows times the Chebyshev polynomial of the matrix that is small from 0 to the last of their values, of the largest
 * degree that leaves all rows something.
 * @param image rows times the matrix
 */
async function filtered(
  matrix: Float64Array,
  n: number,
  rows: Float64Array,
  image: Float64Array,
  values: Float64Array,
  products: Products,
): Promise<Float64Array> {
  const cut = values[values.length - 1];
  const spread = Math.acosh(Math.max(1, (2 * values[0]) / cut - 1));
  const degree = Math.min(MOST_DEGREE, Math.floor(Math.acosh(MOST_SPREAD) / spread));
  if (!(cut > 0) || degree < 2) return image;
  let before = rows;
  let last = shifted(image, rows, 2 / cut, -1);
  for (let d = 2; d <= degree; d++) {
    const next = shifted(await products.timesTransposed(last, matrix, n), last, 4 / cut, -2);
    for (let at = 0; at < next.length; at++) next[at] -= before[at];
    [before, last] = [last, next];
  }
  return last;
}

/** factor x + shift y, in place of x. */
function shifted(x: Float64Array, y: Float64Array, factor: number, shift: number): Float64Array {
  for (let at = 0; at < x.length; at++) x[at] = factor * x[at] + shift * y[at];
  return x;
}

/** Norm of A v - λ v for row i. */
function residual(
  images: Float64Array,
  rows: Float64Array,
  value: number,
  i: number,
  n: number,
): number {
  const rest = new Float64Array(n);
  for (let at = 0; at < n; at++) rest[at] = images[i * n + at] - value * rows[i * n + at];
  return Math.sqrt(squaredNorm(rest));
}
