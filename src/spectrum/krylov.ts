import type { ChangeMatrix } from "./change-matrix";
import { leadingEigenpairs } from "./leading-eigenpairs";
import { largestNorm, like, squaredNorm, widened, type Matrix } from "./matrix";
import { orthonormalised, orthonormalRows } from "./orthonormal-rows";
import type { Products } from "./products";
import { Projection } from "./projection";
import { randomRows } from "./random-rows";

/** Estimated relative errors of singular values to reach, and to be content with where progress is slow. */
const GOAL = 1e-7;
const ENOUGH = 2e-2;
/** Growth is not quite geometric, and slows down at first: factor for what it says is left. */
const SAFETY = 2.5;
/** Ratio of two estimates from which on progress is slow. */
const SLOW = 0.02;
/** Residuals of the small problem's vectors: their values err by about the square. */
const TOLERANCE = 3e-4;
/** Vectors of a block, and in the basis, at most. */
const BLOCK = 32;
const MOST_BLOCKS = 16;
/** Singular values below this share of the largest are lost in the rounding of products. */
export const LOST = { float32: 1e-6, float64: 1e-8 };

export interface LeadingSpace {
  /** Singular values of Δ in the space, largest first: at most the exact ones but for rounding. */
  readonly values: readonly number[];
  /** Norm of (Δ'u - σ v) / √2 for each: within this of each lies a singular value. */
  readonly errorBounds: readonly number[];
  /** [values.length, short], orthonormal rows: approximate singular vectors of the shorter side. */
  readonly vectors: Matrix;
  /** The same within the basis, [values.length, projection.size]. */
  readonly inBasis: Float64Array;
  readonly projection: Projection;
  /** Estimated relative error of the least certain wanted singular value. */
  readonly estimatedError: number;
  /** Whether the basis holds all of the change but rounding: there are no more singular values. */
  readonly complete: boolean;
}

/**
 * A subspace that holds the leading singular vectors of a change: the randomised range finder with power iterations of
 * Halko, Martinsson and Tropp (2011, algorithm 4.4) keeping all its blocks as a basis (block Krylov; Musco and Musco
 * 2015), without which flat spectra take hundreds of iterations. The start is the same each time.
 * @param wanted singular values to be exact
 * @param count vectors to return, fewer where the rest is 0
 */
export async function leadingSpace(
  matrix: ChangeMatrix,
  wanted: number,
  count: number,
  products: Products,
): Promise<LeadingSpace> {
  const n = matrix.short;
  const width = Math.min(n, Math.max(BLOCK, wanted + 16));
  const capacity = Math.min(n, MOST_BLOCKS * width);
  const lost = LOST[matrix.precision] / 10;
  const basis = matrix.narrowed(new Float64Array(capacity * n));
  const projection = new Projection(capacity);
  const history: number[][] = [];
  let block = await orthonormalRows(matrix.narrowed(randomRows(width, n)), n, 0, products);
  let before = Infinity;
  let guess: Guess = { vectors: new Float64Array(0), size: 0 };
  for (let step = 1; ; step++) {
    const first = projection.size;
    const size = block.length / n;
    basis.set(block, first * n);
    const known = basis.subarray(0, (first + size) * n);
    const image = await matrix.toLong(block);
    const smallest = lost * largestNorm(image, matrix.long);
    const left = await orthonormalised(image, matrix.long, smallest, products);
    const back = await matrix.toShort(left.rows);
    const factor = await exactProduct(left.gram, left.transform, size, products);
    const { inside, rest } = await split(back, known, n, products);
    await projection.add(size, factor, inside, products);
    const next = await nextBlock(rest, lost * largestNorm(back, n), known, n, products);
    const room = capacity - projection.size;
    const ended = next.length === 0 || room === 0;
    const following = next.subarray(0, Math.min(next.length, room * n));
    block = following;
    if (!ended && !worthChecking(step)) continue;
    const all = projection.size;
    const { values, vectors, space } = await leadingEigenpairs(
      projection.matrix(),
      all,
      count,
      TOLERANCE,
      products,
      padded(guess, all),
    );
    guess = { vectors: space, size: all };
    const sigma = Array.from(values, (value) => Math.sqrt(Math.max(0, value)));
    history.push(sigma);
    const coupling = await exactProduct(rest, next, n, products);
    const leaks = await leakNorms(vectors, first, all, factor, coupling, products);
    const shares = sigma.map((value, i) => leaks[i] / value ** 2);
    const estimate = estimatedError(history, shares.slice(0, wanted), LOST[matrix.precision]);
    const complete = all === n || next.length === 0 || values.length < Math.min(count, all);
    const enough = estimate < GOAL || (estimate < ENOUGH && estimate > SLOW * before);
    before = estimate;
    if (!complete && room > 0 && !enough) continue;
    return {
      values: sigma,
      errorBounds: sigma.map((value, i) => (shares[i] * value) / Math.SQRT2),
      vectors: await products.times(like(known, vectors), known, n),
      inBasis: vectors,
      projection,
      estimatedError: complete ? 0 : estimate,
      complete,
    };
  }
}

/** Vectors in the first `size` of the basis. */
interface Guess {
  readonly vectors: Float64Array;
  readonly size: number;
}

/** The steps after which the small problem is worth solving: it takes as long as a step when it has grown. */
function worthChecking(step: number): boolean {
  return step % 2 === 0;
}

/** Rows [p, k] times the transpose of others [q, k], in float64. */
async function exactProduct(
  rows: Matrix,
  others: Matrix,
  k: number,
  products: Products,
): Promise<Float64Array> {
  if (rows.length === 0 || others.length === 0) return new Float64Array(0);
  return products.timesTransposed(widened(rows), widened(others), k);
}

/** Components of rows [p, n] in an orthonormal basis [m, n]: [p, m]; and what lies outside of it. */
async function split(
  rows: Matrix,
  basis: Matrix,
  n: number,
  products: Products,
): Promise<{ inside: Matrix; rest: Matrix }> {
  if (rows.length === 0) return { inside: rows, rest: rows };
  const inside = await products.timesTransposed(rows, basis, n);
  const rest = await products.times(inside, basis, n);
  for (let i = 0; i < rest.length; i++) rest[i] = rows[i] - rest[i];
  return { inside, rest };
}

/** Orthonormal rows of the span of `rest`, cleared once more of what rounding left in the basis. */
async function nextBlock(
  rest: Matrix,
  negligible: number,
  basis: Matrix,
  n: number,
  products: Products,
): Promise<Matrix> {
  const rows = await orthonormalRows(rest, n, negligible, products);
  const { inside, rest: cleared } = await split(rows, basis, n, products);
  // What is cleared away makes rows shorter by its square.
  return squaredNorm(inside) < 1e-7 ? cleared : orthonormalRows(cleared, n, 0.5, products);
}

/** Vectors in a smaller basis, in one of `all`. */
function padded({ vectors, size }: Guess, all: number): Float64Array {
  const count = size === 0 ? 0 : vectors.length / size;
  const rows = new Float64Array(count * all);
  for (let i = 0; i < count; i++) rows.set(vectors.subarray(i * size, (i + 1) * size), i * all);
  return rows;
}

/** Norm of what Δ'Δ carries out of the basis of each vector: of the last block's components alone. */
async function leakNorms(
  vectors: Float64Array,
  first: number,
  all: number,
  factor: Float64Array,
  coupling: Float64Array,
  products: Products,
): Promise<number[]> {
  const count = vectors.length / all;
  if (coupling.length === 0) return new Array<number>(count).fill(0);
  const size = all - first;
  const last = new Float64Array(count * size);
  for (let i = 0; i < count; i++)
    last.set(vectors.subarray(i * all + first, (i + 1) * all), i * size);
  const rank = factor.length / size;
  const out = await products.times(
    await products.times(last, factor, rank),
    coupling,
    coupling.length / rank,
  );
  const next = coupling.length / rank;
  return Array.from({ length: count }, (_, i) =>
    largestNorm(out.subarray(i * next, (i + 1) * next), next),
  );
}

/**
 * Largest of the relative errors of the wanted singular values. The residual's share ρ bounds each. Two estimates come
 * below it: ρ² / 2 over the relative distance to the values beyond those wanted (Kato and Temple), which sees separated
 * values converge, and how far values that grow geometrically from check to check have yet to go, which sees flat ones.
 */
function estimatedError(
  history: readonly (readonly number[])[],
  shares: readonly number[],
  lost: number,
): number {
  const [before, last, sigma] = [history.at(-3), history.at(-2), history.at(-1) ?? []];
  const beyond = sigma.at(-1) ?? 0;
  const errors = shares.map((share, i) => {
    if (sigma[i] <= lost * sigma[0]) return 0;
    const gap = 1 - beyond / sigma[i];
    const byGap = share ** 2 / (2 * Math.max(gap, share));
    if (last?.[i] === undefined || before?.[i] === undefined) return Math.min(share, byGap);
    const grown = Math.max(0, sigma[i] - last[i]) / sigma[i];
    const ratio = grown / Math.max(Number.MIN_VALUE, (last[i] - before[i]) / sigma[i]);
    const byGrowth = ratio < 0.9 ? (SAFETY * grown * ratio) / (1 - ratio) : Infinity;
    return Math.min(share, byGap, byGrowth);
  });
  return Math.max(0, ...errors);
}
