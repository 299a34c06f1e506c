import type { ChangeHistogram } from "../protocol/comparison";

/** Signs times exponents of float64: the upper twelve bits of a change. */
export const BINS = 4096;
const BIAS = 1023;
/** Bins from here on hold no finite number. */
const SPECIAL = 2047;

/**
 * A histogram from counts by sign and exponent, cut to where it is not empty. Bins without a normal number, of zeros
 * and of what is not finite, are not looked at.
 * @param bins the increases' exponents, then the decreases'
 */
export function changeHistogram(bins: ArrayLike<number>, unchanged: number): ChangeHistogram {
  const filled = (bin: number) => bins[bin] > 0 || bins[bin + BINS / 2] > 0;
  let first = 1;
  while (first < SPECIAL && !filled(first)) first++;
  let end = SPECIAL;
  while (end > first && !filled(end - 1)) end--;
  if (first === end) return { firstExponent: 0, decreases: [], increases: [], unchanged };
  const cut = (from: number) => Array.from({ length: end - first }, (_, i) => bins[from + i]);
  return {
    firstExponent: first - BIAS,
    decreases: cut(first + BINS / 2),
    increases: cut(first),
    unchanged,
  };
}

/** The histogram of all that several histograms count. */
export function joinHistograms(parts: readonly ChangeHistogram[]): ChangeHistogram {
  const bins = new Float64Array(BINS);
  let unchanged = 0;
  for (const part of parts) {
    const first = part.firstExponent + BIAS;
    part.increases.forEach((count, i) => (bins[first + i] += count));
    part.decreases.forEach((count, i) => (bins[first + BINS / 2 + i] += count));
    unchanged += part.unchanged;
  }
  return changeHistogram(bins, unchanged);
}
