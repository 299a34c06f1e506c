import { lanczos, type Eigenpair } from "./lanczos";
import { addScaled, dot, norm } from "./vector";

/** Residual of an eigenpair asked of Lanczos, and accepted at the end, as shares of the largest eigenvalue. */
const GOAL = 1e-12;
const ACCEPTED = 1e-9;

/**
 * The `count` largest eigenpairs of a symmetric matrix, descending. Lanczos runs in the complement of what was
 * found are added until one brings nothing larger, so that multiple eigenvalues come as often as they are.
 * @param matrix n x n, row-major, symmetric
 * @throws Error where an eigenpair's residual |Av - λv| is above 1e-9 of the largest eigenvalue
 */
export function topEigenpairs(matrix: Float64Array, n: number, count: number): Eigenpair[] {
  const rows = Array.from({ length: n }, (_, i) => matrix.subarray(i * n, (i + 1) * n));
  const apply = (vector: Float64Array) => Float64Array.from(rows, (row) => dot(row, vector));
  const wanted = Math.min(count, n);
  const found = lanczos(apply, n, { wanted, locked: [], tolerance: GOAL });
  while (found.length < n) {
    const smallest = found.length < wanted ? -Infinity : found[wanted - 1].value;
    const locked = found.map(({ vector }) => vector);
    const [pair] = lanczos(apply, n, {
      wanted: 1,
      locked,
      tolerance: GOAL,
      enoughBelow: smallest,
    });
    if (pair.value <= smallest + GOAL * Math.abs(found[0].value)) break;
    found.push(pair);
    found.sort((a, b) => b.value - a.value);
  }
  const largest = Math.abs(found[0].value);
  for (const { value, vector } of found.slice(0, wanted)) {
    const residual = apply(vector);
    addScaled(residual, -value, vector);
    if (!(norm(residual) <= ACCEPTED * largest))
      throw new Error(`topEigenpairs: residual ${norm(residual)} of eigenvalue ${value}`);
  }
  return found.slice(0, wanted);
}
