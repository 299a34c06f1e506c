import { entropyRank } from "./entropy";

/** What summing squares may leave of ‖Δ‖_F², as a share. */
const ROUNDING = 1e-12;

/**
 * Bounds of the effective rank (see entropyRank) from the largest singular values: the squares of the rest, whose sum is
 * known, lie at least in values as large as they can be, at most evenly in all that are left.
 * @param values largest first; without any, the bounds are all there can be
 * @param certain number of them that are sure to be the largest: none of the rest is above the last of these
 * @param frobenius ‖Δ‖_F, exact
 * @param possible number of singular values in all
 */
export function effectiveRankBounds(
  values: readonly number[],
  certain: number,
  frobenius: number,
  possible: number,
): { low: number; high: number } {
  if (values.length === 0) return { low: 1, high: possible };
  const known = values.map((value) => value / frobenius);
  const rest = 1 - known.reduce((sum, value) => sum + value ** 2, 0);
  const left = possible - known.length;
  const most = known[Math.min(certain, known.length) - 1] ** 2;
  const least = Math.max(0, rest - ROUNDING);
  const full = most > 0 ? Math.min(left, Math.floor(least / most)) : 0;
  const even = Math.sqrt((Math.max(0, rest) + ROUNDING) / Math.max(1, left));
  const few = [
    ...new Array<number>(full).fill(Math.sqrt(most)),
    Math.sqrt(Math.max(0, least - full * most)),
  ];
  return {
    low: entropyRank([...known, ...few]),
    high: entropyRank([...known, ...new Array<number>(left).fill(even)]),
  };
}

/** Stable rank of a matrix of independent normal numbers, whose σ₁ is about √rows + √columns. */
export function noiseStableRank(rows: number, columns: number): number {
  return (rows * columns) / (Math.sqrt(rows) + Math.sqrt(columns)) ** 2;
}

/**
 * Largest singular value of independent rounding errors of the size of unit roundoff times the RMS value of a matrix.
 * @param norm its Frobenius norm
 */
export function roundingSigma(
  roundoff: number,
  norm: number,
  rows: number,
  columns: number,
): number {
  const each = (roundoff * norm) / Math.sqrt(rows * columns);
  return each * (Math.sqrt(rows) + Math.sqrt(columns));
}
