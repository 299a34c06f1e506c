import { like, widened, type Matrix } from "./matrix";
import type { Products } from "./products";

/** Pivots below this of the scaled Gram matrix belong to rows that depend on others. */
const DEPENDENT = 1e-12;
/** A smallest pivot from which on one pass leaves rows orthogonal to rounding. */
const WELL_CONDITIONED = 1e-3;

/** Orthonormal rows [r, k], and what made them from the rows given, to rounding: `transform` [r, p] times those. */
export interface Orthonormalised<T extends Matrix> {
  readonly rows: T;
  readonly transform: Float64Array;
  /** Products of the rows given with each other [p, p]. */
  readonly gram: Float64Array;
}

/**
 * An orthonormal basis of the span of rows, by Cholesky factors of their Gram matrix with pivoting, done again where
 * they were nearly dependent (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya 2015). Dependent rows are dropped.
 * @param rows [p, k]
 * @param negligible norm below which a row is nothing but rounding
 */
export async function orthonormalised<T extends Matrix>(
  rows: T,
  k: number,
  negligible: number,
  products: Products,
): Promise<Orthonormalised<T>> {
  const p = rows.length / k;
  if (p === 0) return { rows, transform: new Float64Array(0), gram: new Float64Array(0) };
  const wide = widened(rows);
  const gram = await products.timesTransposed(wide, wide, k);
  const { transform, rank, smallest } = inverseFactor(gram, p, negligible ** 2);
  if (rank === 0) return { rows: like(rows, 0), transform, gram };
  const basis = await products.times(like(rows, transform), rows, k);
  if (smallest >= WELL_CONDITIONED) return { rows: basis, transform, gram };
  const again = await orthonormalised(basis, k, 0.5, products);
  return { ...again, transform: await products.times(again.transform, transform, p), gram };
}

/** The same, without how it came about. */
export async function orthonormalRows<T extends Matrix>(
  rows: T,
  k: number,
  negligible: number,
  products: Products,
): Promise<T> {
  return (await orthonormalised(rows, k, negligible, products)).rows;
}

/** L^-1 P D^-1 [rank, p] of P D^-1 G D^-1 P' = L L', where D² is the diagonal of G. */
function inverseFactor(
  gram: Float64Array,
  p: number,
  negligible: number,
): { transform: Float64Array; rank: number; smallest: number } {
  const scales = new Float64Array(p);
  const pivots = new Float64Array(p);
  for (let i = 0; i < p; i++) {
    const square = gram[i * p + i];
    if (!(square > negligible)) continue;
    scales[i] = Math.sqrt(square);
    pivots[i] = 1;
  }
  const factor = new Float64Array(p * p);
  const transform = new Float64Array(p * p);
  let smallest = 1;
  let rank = 0;
  for (; rank < p; rank++) {
    // A row that was taken, or has nothing but rounding, has no pivot.
    const next = pivots.indexOf(pivots.reduce((most, pivot) => Math.max(most, pivot)));
    const pivot = pivots[next];
    if (!(pivot > DEPENDENT)) break;
    smallest = Math.min(smallest, pivot);
    const root = Math.sqrt(pivot);
    const row = rank * p;
    pivots[next] = 0;
    for (let i = 0; i < p; i++) {
      if (pivots[i] <= 0) continue;
      let entry = gram[i * p + next] / (scales[i] * scales[next]);
      for (let at = 0; at < row; at += p) entry -= factor[at + i] * factor[at + next];
      factor[row + i] = entry / root;
      pivots[i] -= factor[row + i] ** 2;
    }
    // Forward substitution, one new row of the inverse.
    transform[row + next] = 1 / scales[next];
    for (let at = 0; at < row; at += p)
      for (let i = 0; i < p; i++) transform[row + i] -= factor[at + next] * transform[at + i];
    for (let i = 0; i < p; i++) transform[row + i] /= root;
    factor[row + next] = root;
  }
  return { transform: transform.slice(0, rank * p), rank, smallest };
}
