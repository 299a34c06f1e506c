import { RandomStream } from "../random/stream";
import { diagonalise } from "./tridiagonal";
import { addScaled, dot, norm, orthogonalise, scale } from "./vector";

export interface Eigenpair {
  readonly value: number;
  /** Of norm 1. */
  readonly vector: Float64Array;
}

export interface LanczosOptions {
  /**
   * Residuals to reach, as shares of the largest eigenvalue's size, one for each of the largest eigenpairs wanted;
   * fewer pairs come back where the start vector reaches fewer.
   */
  readonly tolerances: readonly number[];
  /** Orthonormal eigenvectors to stay orthogonal to. */
  readonly locked: readonly Float64Array[];
  /** Steps after which to stop without having reached them. */
  readonly maxSteps?: number;
  /** Stop as soon as the largest eigenvalue is clearly below this one. */
  readonly enoughBelow?: number;
}

export interface LanczosResult {
  /** Largest first. */
  readonly pairs: readonly Eigenpair[];
  readonly steps: number;
}

/** Shares of a step's size below which a coupling is nothing but rounding. */
const BREAKDOWN = 1e-14;

/**
 * Largest eigenpairs of a symmetric operator in the complement of `locked`: Lanczos's method with full
 * reorthogonalisation (Golub and Van Loan, Matrix Computations, section 10.3), from a start that is the same each
 * time. One run sees one vector of each multiple eigenvalue; the caller locks what it found and runs again.
 * @param apply multiplies a vector of length n
 */
export function lanczos(
  apply: (vector: Float64Array) => Float64Array,
  n: number,
  { tolerances, locked, maxSteps = n, enoughBelow = -Infinity }: LanczosOptions,
): LanczosResult {
  const wanted = tolerances.length;
  const limit = Math.min(n - locked.length, maxSteps);
  if (limit <= 0) return { pairs: [], steps: 0 };
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = startVector(n, locked);
  let size = 0;
  for (let check = 2 * wanted + 8; basis.length < limit;) {
    basis.push(next);
    const image = apply(next);
    diagonal.push(dot(image, next));
    // In exact arithmetic nothing else is left to remove; then one pass of full orthogonalisation is enough.
    addScaled(image, -diagonal.at(-1)!, next);
    if (basis.length > 1) addScaled(image, -beside.at(-1)!, basis.at(-2)!);
    orthogonalise(image, basis, locked);
    const coupling = norm(image);
    beside.push(coupling);
    size = Math.max(size, Math.abs(diagonal.at(-1)!) + coupling);
    if (coupling <= BREAKDOWN * size) break;
    scale(image, 1 / coupling);
    next = image;
    if (basis.length < check) continue;
    check = Math.ceil(1.15 * check);
    const found = ritzResiduals(diagonal, beside).slice(0, wanted);
    const [largest] = found;
    if (largest.residual < 0.1 * (enoughBelow - largest.value)) break;
    const unit = Math.abs(largest.value);
    if (found.every(({ residual }, i) => residual <= tolerances[i] * unit)) break;
  }
  return { pairs: ritzPairs(diagonal, beside, basis, wanted), steps: basis.length };
}

/** A random unit vector orthogonal to `locked`. */
function startVector(n: number, locked: readonly Float64Array[]): Float64Array {
  const stream = new RandomStream("lanczos", n, locked.length);
  const vector = Float64Array.from({ length: n }, () => stream.normal());
  orthogonalise(vector, locked);
  scale(vector, 1 / norm(vector));
  return vector;
}

/** Ritz values, descending, each with its residual norm: the coupling times its vector's last component. */
function ritzResiduals(
  diagonal: readonly number[],
  beside: readonly number[],
): { value: number; residual: number }[] {
  const m = diagonal.length;
  const values = Float64Array.from(diagonal);
  const last = values.map((_, i) => (i === m - 1 ? 1 : 0));
  const columns = Array.from(last, (value) => Float64Array.of(value));
  diagonalise(values, Float64Array.from(beside), columns);
  return Array.from(values, (value, i) => ({
    value,
    residual: beside[m - 1] * Math.abs(columns[i][0]),
  })).sort((a, b) => b.value - a.value);
}

/** The largest Ritz pairs, descending. */
function ritzPairs(
  diagonal: readonly number[],
  beside: readonly number[],
  basis: readonly Float64Array[],
  wanted: number,
): Eigenpair[] {
  const m = diagonal.length;
  const values = Float64Array.from(diagonal);
  const columns = Array.from({ length: m }, (_, i) => {
    const column = new Float64Array(m);
    column[i] = 1;
    return column;
  });
  diagonalise(values, Float64Array.from(beside), columns);
  const largest = Array.from(values.keys()).sort((a, b) => values[b] - values[a]);
  return largest.slice(0, wanted).map((index) => {
    const vector = new Float64Array(basis[0].length);
    basis.forEach((part, i) => {
      addScaled(vector, columns[index][i], part);
    });
    scale(vector, 1 / norm(vector));
    return { value: values[index], vector };
  });
}
