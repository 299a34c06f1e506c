import { lanczos, type Eigenpair } from "./lanczos";
import { SymmetricMatrix } from "./symmetric-matrix";
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
  const symmetric = new SymmetricMatrix(matrix, n);
  const apply = (vector: Float64Array) => symmetric.times(vector);
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
