/**
 * Bounds of the effective rank exp(-Σ p ln p), p = σ² / ‖Δ‖_F² (Roy and Vetterli 2007), from the largest singular values:
 * the rest of the sum lies at least in values of the smallest of them, at most evenly in all that are left.
 * @param values largest first
 * @param frobenius ‖Δ‖_F, exact
 * @param possible number of singular values in all
 */
export function effectiveRankBounds(
  values: readonly number[],
  frobenius: number,
  possible: number,
): { low: number; high: number } {
  const shares = values.map((value) => (value / frobenius) ** 2);
  const entropy = shares.reduce((sum, share) => sum + term(share), 0);
  const rest = Math.max(0, 1 - shares.reduce((sum, share) => sum + share, 0));
  const left = possible - values.length;
  const smallest = shares.at(-1) ?? 1;
  if (left === 0 || rest < 1e-12) return { low: Math.exp(entropy), high: Math.exp(entropy) };
  const full = smallest > 0 ? Math.min(left, Math.floor(rest / smallest)) : 0;
  const remainder = Math.max(0, rest - full * smallest);
  const low = Math.exp(entropy + full * term(smallest) + term(remainder));
  const high = Math.exp(entropy + left * term(rest / left));
  return { low: Math.min(low, high), high };
}

function term(share: number): number {
  return share > 0 ? -share * Math.log(share) : 0;
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
