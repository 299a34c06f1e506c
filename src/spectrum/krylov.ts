import type { ChangeMatrix } from "./change-matrix";
import { leadingEigenpairs } from "./leading-eigenpairs";
import { orthonormalRows } from "./orthonormal-rows";
import type { Products } from "./products";
import { randomRows } from "./random-rows";

/**
 * Estimated relative errors of singular values to reach, and to be content with where progress is slow: there the
 * estimate is about four times the error.
 */
const GOAL = 1e-7;
const ENOUGH = 2e-3;
/** Ratio of two estimates from which on progress is slow. */
const SLOW = 0.02;
/** Residuals of the small problem's vectors: their values err by about the square. */
const TOLERANCE = 1e-4;
/** Vectors of a block, and in the basis, at most. */
const BLOCK = 32;
const MOST_BLOCKS = 16;
/** Singular values below this share of the largest are lost in the rounding of products. */
const LOST = { float32: 1e-6, float64: 1e-8 };

export interface LeadingSpace {
  /** [count, short], orthonormal rows: approximate singular vectors of the shorter side, largest first. */
  readonly vectors: Float64Array;
  /** Estimated relative error of the least certain wanted singular value. */
  readonly estimatedError: number;
  /** Whether the space holds all of the change but rounding: there are no more singular values. */
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
  const basis = new Float64Array(capacity * n);
  const projected = new Projection(capacity);
  let block = await orthonormalRows(randomRows(width, n), n, 0, products);
  let before = Infinity;
  const history: number[][] = [];
  for (let step = 1; ; step++) {
    const first = projected.size;
    const size = block.length / n;
    basis.set(block, first * n);
    const image = await matrix.toLong(block);
    const scale = largestNorm(image, matrix.long);
    const lost = LOST[matrix.precision] / 10;
    const left = await orthonormalRows(image, matrix.long, lost * scale, products);
    const factor = await products.timesTransposed(image, left, matrix.long);
    const back = await matrix.toShort(left);
    const known = basis.subarray(0, (first + size) * n);
    const inside = left.length === 0 ? left : await products.timesTransposed(back, known, n);
    const rank = left.length / matrix.long;
    projected.add(size, rank, factor, inside);
    const rest = left.length === 0 ? back : await outside(back, inside, known, n, products);
    let next = await orthonormalRows(rest, n, lost * largestNorm(back, n), products);
    const coupling = next.length === 0 ? next : await products.timesTransposed(rest, next, n);
    const room = Math.floor(capacity - projected.size);
    const ended = next.length === 0 || room === 0;
    if (!ended && !worthChecking(step)) {
      block = next.subarray(0, Math.min(next.length, room * n));
      continue;
    }
    const { size: all } = projected;
    const { values, vectors } = await leadingEigenpairs(
      projected.matrix(),
      all,
      count,
      TOLERANCE,
      products,
    );
    const sigma = Array.from(values, (value) => Math.sqrt(Math.max(0, value)));
    history.push(sigma);
    const leak = (i: number) =>
      leakNorm(
        vectors.subarray(i * all + first, (i + 1) * all),
        factor,
        coupling,
        rank,
        next.length / n,
      );
    const estimate = estimatedError({
      history,
      shares: sigma.slice(0, wanted).map((value, i) => leak(i) / value ** 2),
      lost: LOST[matrix.precision],
    });
    const complete = all === n || next.length === 0 || values.length < Math.min(count, all);
    const enough = estimate < GOAL || (estimate < ENOUGH && estimate > SLOW * before);
    if (complete || room === 0 || enough) {
      const space = await products.times(vectors, basis.subarray(0, all * n), n);
      return { vectors: space, estimatedError: complete ? 0 : estimate, complete };
    }
    before = estimate;
    next = next.subarray(0, Math.min(next.length, room * n));
    block = next;
  }
}

/** The steps after which the small problem is worth solving: it takes as long as a step when it has grown. */
function worthChecking(step: number): boolean {
  return step % 2 === 0;
}

function largestNorm(rows: Float64Array, k: number): number {
  let largest = 0;
  for (let start = 0; start < rows.length; start += k) {
    let square = 0;
    for (let i = start; i < start + k; i++) square += rows[i] * rows[i];
    largest = Math.max(largest, square);
  }
  return Math.sqrt(largest);
}

/** What of rows [p, n] lies outside an orthonormal basis, from their components inside it [p, m]. */
async function outside(
  rows: Float64Array,
  inside: Float64Array,
  basis: Float64Array,
  n: number,
  products: Products,
): Promise<Float64Array> {
  const projected = await products.times(inside, basis, n);
  for (let i = 0; i < projected.length; i++) projected[i] = rows[i] - projected[i];
  return projected;
}

/** V' Δ'Δ V for the basis V, grown by blocks: symmetric, the squares of singular values its eigenvalues. */
class Projection {
  size = 0;
  private readonly entries: Float64Array;

  constructor(private readonly capacity: number) {
    this.entries = new Float64Array(capacity * capacity);
  }

  /** Rows of a new block: `factor` [size, rank] times `inside` [rank, all]. */
  add(size: number, rank: number, factor: Float64Array, inside: Float64Array): void {
    const all = this.size + size;
    for (let i = 0; i < size; i++)
      for (let j = 0; j < all; j++) {
        let entry = 0;
        for (let r = 0; r < rank; r++) entry += factor[i * rank + r] * inside[r * all + j];
        const row = this.size + i;
        this.entries[row * this.capacity + j] = entry;
        if (j < this.size) this.entries[j * this.capacity + row] = entry;
      }
    // Both halves of the new diagonal block were computed; their mean is symmetric.
    for (let i = this.size; i < all; i++)
      for (let j = this.size; j < i; j++) {
        const [at, mirrored] = [i * this.capacity + j, j * this.capacity + i];
        this.entries[at] = this.entries[mirrored] = (this.entries[at] + this.entries[mirrored]) / 2;
      }
    this.size = all;
  }

  matrix(): Float64Array {
    const n = this.size;
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      matrix.set(this.entries.subarray(i * this.capacity, i * this.capacity + n), i * n);
    return matrix;
  }
}

/** Norm of what Δ'Δ carries out of the basis: of the last block's components alone, through factor and coupling. */
function leakNorm(
  components: Float64Array,
  factor: Float64Array,
  coupling: Float64Array,
  rank: number,
  next: number,
): number {
  const through = new Float64Array(rank);
  for (let r = 0; r < rank; r++)
    for (let i = 0; i < components.length; i++) through[r] += components[i] * factor[i * rank + r];
  let square = 0;
  for (let j = 0; j < next; j++) {
    let out = 0;
    for (let r = 0; r < rank; r++) out += through[r] * coupling[r * next + j];
    square += out * out;
  }
  return Math.sqrt(square);
}

/**
 * Largest of the relative errors of the wanted singular values. The residual's share ρ bounds each. Two estimates come
 * below it: ρ² / 2 over the relative distance to the values beyond those wanted (Kato and Temple), which sees separated
 * values converge, and how far values that grow geometrically from check to check have yet to go, which sees flat ones.
 */
function estimatedError({
  history,
  shares,
  lost,
}: {
  readonly history: readonly (readonly number[])[];
  readonly shares: readonly number[];
  readonly lost: number;
}): number {
  const [before, last, sigma] = [history.at(-3), history.at(-2), history.at(-1) ?? []];
  const beyond = sigma.at(-1) ?? 0;
  const errors = shares.map((share, i) => {
    if (sigma[i] <= lost * sigma[0]) return 0;
    const gap = 1 - beyond / sigma[i];
    const byGap = share ** 2 / (2 * Math.max(gap, share));
    if (last?.[i] === undefined || before?.[i] === undefined) return Math.min(share, byGap);
    const grown = Math.max(0, sigma[i] - last[i]) / sigma[i];
    const ratio = grown / Math.max(Number.MIN_VALUE, (last[i] - before[i]) / sigma[i]);
    const byGrowth = ratio < 0.9 ? (grown * ratio) / (1 - ratio) : Infinity;
    return Math.min(share, byGap, byGrowth);
  });
  return Math.max(0, ...errors);
}
