import type { Products } from "./products";

/** Pivots below this of the scaled Gram matrix belong to rows that depend on others. */
const DEPENDENT = 1e-12;
/** A smallest pivot from which on one pass leaves rows orthogonal to rounding. */
const WELL_CONDITIONED = 1e-3;

/**
 * An orthonormal basis of the span of rows, by Cholesky factors of their Gram matrix with pivoting, done again where
 * they were nearly dependent (Yamamoto, Nakatsukasa, Yanagisawa and Fukaya 2015). Dependent rows are dropped.
 * @param rows [p, k]
 * @param negligible norm below which a row is nothing but rounding
 * @returns [r, k], r <= p
 */
export async function orthonormalRows(
  rows: Float64Array,
  k: number,
  negligible: number,
  products: Products,
): Promise<Float64Array> {
  const p = rows.length / k;
  if (p === 0) return rows;
  const gram = await products.timesTransposed(rows, rows, k);
  const { transform, rank, smallest } = inverseFactor(gram, p, negligible ** 2);
  if (rank === 0) return new Float64Array(0);
  const basis = await products.times(transform, rows, k);
  return smallest < WELL_CONDITIONED ? orthonormalRows(basis, k, 0.5, products) : basis;
}

/** L^-1 P D^-1 [rank, p] of P D^-1 G D^-1 P' = L L', where D² is the diagonal of G. */
function inverseFactor(
  gram: Float64Array,
  p: number,
  negligible: number,
): { transform: Float64Array; rank: number; smallest: number } {
  const scales = Array.from({ length: p }, (_, i) => Math.sqrt(Math.max(0, gram[i * p + i])));
  const left = new Set(scales.keys());
  for (const i of left) if (!(scales[i] ** 2 > negligible)) left.delete(i);
  const pivots = scales.map((_, i) => (left.has(i) ? 1 : 0));
  const factor: Float64Array[] = [];
  const transform: Float64Array[] = [];
  let smallest = 1;
  while (left.size > 0) {
    const next = [...left].reduce((best, i) => (pivots[i] > pivots[best] ? i : best));
    const pivot = pivots[next];
    if (!(pivot > DEPENDENT)) break;
    smallest = Math.min(smallest, pivot);
    left.delete(next);
    const root = Math.sqrt(pivot);
    const row = new Float64Array(p);
    row[next] = root;
    for (const i of left) {
      let entry = gram[i * p + next] / (scales[i] * scales[next]);
      for (const earlier of factor) entry -= earlier[i] * earlier[next];
      row[i] = entry / root;
      pivots[i] -= row[i] ** 2;
    }
    // Forward substitution, one new row of the inverse.
    const inverse = new Float64Array(p);
    inverse[next] = 1 / scales[next];
    factor.forEach((earlier, j) => {
      for (let i = 0; i < p; i++) inverse[i] -= earlier[next] * transform[j][i];
    });
    for (let i = 0; i < p; i++) inverse[i] /= root;
    factor.push(row);
    transform.push(inverse);
  }
  const flat = new Float64Array(transform.length * p);
  transform.forEach((row, i) => {
    flat.set(row, i * p);
  });
  return { transform: flat, rank: transform.length, smallest };
}
