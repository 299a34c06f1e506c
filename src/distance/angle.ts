import type { ChangeSums } from "./change-sums";

/**
 * Cosine of the angle between a and b, and 1 - cosine, from the sums of their products; null where a norm is 0 or not
 * finite. Where |a - b|^2 < |a| |b|, 1 - cosine is (|a - b|^2 - (|a| - |b|)^2) / (2 |a| |b|), which loses no digits when
 * a hardly turns; elsewhere it comes from the cosine.
 */
export function angle({
  difference,
  squareA,
  squareB,
  dot,
}: Pick<ChangeSums, "difference" | "squareA" | "squareB" | "dot">): {
  readonly cosine: number | null;
  readonly rotation: number | null;
} {
  const normA = Math.sqrt(squareA);
  const normB = Math.sqrt(squareB);
  const norms = normA * normB;
  const quotient = dot / norms;
  if (!(norms > 0) || !Number.isFinite(quotient)) return { cosine: null, rotation: null };
  // Rounding may carry the quotient a last place above 1.
  const cosine = Math.max(-1, Math.min(1, quotient));
  const rotation =
    difference < norms
      ? Math.max(0, (difference - (normA - normB) ** 2) / (2 * norms))
      : 1 - cosine;
  return { cosine, rotation };
}
