import { lanczos, type Eigenpair } from "./lanczos";
import { addScaled, norm } from "./vector";

/**
 * Residuals as shares of the largest eigenvalue: asked of the pairs whose vectors are used; of the others, whose
 * values are all that counts and err by about the square of it; and the most accepted at the end.
 */
const GOAL = 1e-12;
const GOAL_FOR_VALUES = 1e-6;
const ACCEPTED = 1e-9;
const ACCEPTED_FOR_VALUES = 1e-4;

/**
 * The `count` largest eigenpairs of a symmetric matrix, descending. Lanczos runs in the complement of what was found
 * are added until one brings nothing larger, so that multiple eigenvalues come as often as they are.
 * @param matrix n x n, row-major, symmetric
 * @param exact how many of the vectors are to be exact to rounding; the others are close
 * @throws Error where a residual |Av - λv| is above 1e-9 of the largest eigenvalue (1e-4 beyond the first `exact`)
 */
export function topEigenpairs(
  matrix: Float64Array,
  n: number,
  count: number,
  exact = count,
): Eigenpair[] {
  const apply = (vector: Float64Array) => multiplySymmetric(matrix, vector);
  const wanted = Math.min(count, n);
  const tolerances = Array.from({ length: wanted }, (_, i) => (i < exact ? GOAL : GOAL_FOR_VALUES));
  const first = lanczos(apply, n, { tolerances, locked: [] });
  const found = [...first.pairs];
  while (found.length < n) {
    const missing = missingPair(apply, n, found, wanted, first.steps);
    if (!missing) break;
    // The complement of vectors that are only close would spoil a new one that is to be exact.
    if (exact < wanted) return topEigenpairs(matrix, n, count);
    found.push(missing);
    found.sort((a, b) => b.value - a.value);
  }
  const pairs = found.slice(0, wanted);
  const largest = Math.abs(found[0].value);
  pairs.forEach(({ value, vector }, i) => {
    const residual = apply(vector);
    addScaled(residual, -value, vector);
    const accepted = i < exact ? ACCEPTED : ACCEPTED_FOR_VALUES;
    if (!(norm(residual) <= accepted * largest))
      throw new Error(`topEigenpairs: residual ${norm(residual)} of eigenvalue ${value}`);
  });
  return pairs;
}

/** The largest pair beside those found, where it belongs to the wanted ones. */
function missingPair(
  apply: (vector: Float64Array) => Float64Array,
  n: number,
  found: readonly Eigenpair[],
  wanted: number,
  steps: number,
): Eigenpair | null {
  const locked = found.map(({ vector }) => vector);
  const smallest = found.length < wanted ? -Infinity : found[wanted - 1].value;
  const threshold = smallest + GOAL_FOR_VALUES * Math.abs(found[0].value);
  const run = (maxSteps: number) =>
    lanczos(apply, n, { tolerances: [GOAL], locked, maxSteps, enoughBelow: smallest }).pairs[0];
  // A copy of a value that took the first run `steps` to find exactly shows itself in fewer, if it is there at all.
  const glimpse = run(Math.max(40, Math.ceil(steps / 2)));
  if (glimpse.value <= threshold) return null;
  const pair = run(n);
  return pair.value <= threshold ? null : pair;
}

/**
 * Matrix times vector, from the entries on and below the diagonal alone: memory is what takes the time. Four rows
 * together, so that a number of the product is read and written once for all of them.
 */
function multiplySymmetric(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  const product = new Float64Array(n);
  let i = 0;
  for (; i + 3 < n; i += 4) {
    const [r0, r1, r2, r3] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n];
    const v0 = vector[i];
    const v1 = vector[i + 1];
    const v2 = vector[i + 2];
    const v3 = vector[i + 3];
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    for (let j = 0; j < i; j++) {
      const e0 = matrix[r0 + j];
      const e1 = matrix[r1 + j];
      const e2 = matrix[r2 + j];
      const e3 = matrix[r3 + j];
      const v = vector[j];
      s0 += e0 * v;
      s1 += e1 * v;
      s2 += e2 * v;
      s3 += e3 * v;
      product[j] += e0 * v0 + e1 * v1 + (e2 * v2 + e3 * v3);
    }
    product[i] += s0;
    product[i + 1] += s1;
    product[i + 2] += s2;
    product[i + 3] += s3;
    for (let row = i; row < i + 4; row++) addRow(matrix, vector, product, row, i);
  }
  for (; i < n; i++) addRow(matrix, vector, product, i, 0);
  return product;
}

/** Adds what entries `from` to the diagonal of a row, and their mirror images, bring to a product. */
function addRow(
  matrix: Float64Array,
  vector: Float64Array,
  product: Float64Array,
  row: number,
  from: number,
): void {
  const start = row * vector.length;
  for (let j = from; j < row; j++) {
    product[row] += matrix[start + j] * vector[j];
    product[j] += matrix[start + j] * vector[row];
  }
  product[row] += matrix[start + row] * vector[row];
}
