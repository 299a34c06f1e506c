import type { ChangeHistogram } from "../protocol/comparison";
import { BINS } from "./change-sums";

/** Exponent of the lowest bin: all changes below the normal numbers of float32. */
const LOWEST = -127;

/**
 * The bins of ChangeSums as a histogram of the changes, cut to where it is not empty.
 * @param bins counts by sign and exponent of float32, the increases first
 */
export function changeHistogram(bins: Float64Array, unchanged: number): ChangeHistogram {
  const half = BINS / 2;
  const increases = Array.from(bins.subarray(0, half));
  const decreases = Array.from(bins.subarray(half));
  const filled = (_: number, bin: number) => increases[bin] + decreases[bin] > 0;
  const first = increases.findIndex(filled);
  if (first < 0) return { firstExponent: 0, decreases: [], increases: [], unchanged };
  const end = increases.findLastIndex(filled) + 1;
  return {
    firstExponent: LOWEST + first,
    decreases: decreases.slice(first, end),
    increases: increases.slice(first, end),
    unchanged,
  };
}
