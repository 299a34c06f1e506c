import { RandomStream } from "../random/stream";
import { diagonalise } from "./tridiagonal";
import { addScaled, dot, norm, orthogonalise, scale } from "./vector";

export interface Eigenpair {
  readonly value: number;
  /** Of norm 1. */
  readonly vector: Float64Array;
}

export interface LanczosOptions {
  /** Largest eigenpairs wanted; fewer come back where the start vector reaches fewer. */
  readonly wanted: number;
  /** Orthonormal eigenvectors to stay orthogonal to. */
  readonly locked: readonly Float64Array[];
  /** Residual to reach, as a share of the largest eigenvalue's size. */
  readonly tolerance: number;
  /** Stop as soon as the largest eigenvalue is clearly below this one. */
  readonly enoughBelow?: number;
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
  { wanted, locked, tolerance, enoughBelow }: LanczosOptions,
): Eigenpair[] {
  const limit = n - locked.length;
  if (limit <= 0) return [];
  const basis: Float64Array[] = [];
  const diagonal: number[] = [];
  const beside: number[] = [];
  let next = startVector(n, locked);
  let size = 0;
  for (let check = 2 * wanted + 8; basis.length < limit;) {
    basis.push(next);
    const image = apply(next);
    diagonal.push(dot(image, next));
    orthogonalise(image, basis, locked);
    const coupling = norm(image);
    beside.push(coupling);
    size = Math.max(size, Math.abs(diagonal.at(-1)!) + coupling);
    if (coupling <= BREAKDOWN * size) break;
    scale(image, 1 / coupling);
    next = image;
    if (basis.length < check) continue;
    check = Math.ceil(1.25 * check);
    const [largest, ...others] = ritzResiduals(diagonal, beside).slice(0, wanted);
    const below = enoughBelow === undefined ? -1 : enoughBelow - largest.value;
    if (largest.residual < 0.1 * below) break;
    const goal = tolerance * Math.abs(largest.value);
    if ([largest, ...others].every(({ residual }) => residual <= goal)) break;
  }
  return ritzPairs(diagonal, beside, basis, wanted);
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
