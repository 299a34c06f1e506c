import { CompensatedSum } from "./sum";

/** Signs times exponents of float32. */
export const BINS = 512;

/**
 * All that is kept of the movement of some elements from a to b: sums, counts and the largest change, which join with
 * those of other elements. Positions where a or b is not finite are counted and otherwise left out.
 */
export interface ChangeSums {
  readonly parameters: number;
  readonly nonFinite: number;
  /** Sums in float64 of (b - a)^2, a^2, b^2 and a b. */
  readonly difference: number;
  readonly squareA: number;
  readonly squareB: number;
  readonly dot: number;
  /** Elements with a = b. */
  readonly unchanged: number;
  /** Largest |b - a| and the index of its first place; 0 and -1 where nothing changed. */
  readonly max: number;
  readonly maxIndex: number;
  /** Changes by the upper nine bits of b - a as a float32: sign and exponent; without those of a = b. */
  readonly bins: Float64Array;
}

/**
 * Joins the sums of parts one after the other; the order decides the last bits.
 * @param offsets index of each part's first element in the whole, for `maxIndex`
 */
export function joinSums(parts: readonly ChangeSums[], offsets: readonly number[]): ChangeSums {
  const total = (pick: (part: ChangeSums) => number) => {
    const sum = new CompensatedSum();
    for (const part of parts) sum.add(pick(part));
    return sum.value;
  };
  const bins = new Float64Array(BINS);
  let max = 0;
  let maxIndex = -1;
  parts.forEach((part, at) => {
    for (let bin = 0; bin < BINS; bin++) bins[bin] += part.bins[bin];
    if (part.max <= max) return;
    max = part.max;
    maxIndex = offsets[at] + part.maxIndex;
  });
  return {
    parameters: total((part) => part.parameters),
    nonFinite: total((part) => part.nonFinite),
    difference: total((part) => part.difference),
    squareA: total((part) => part.squareA),
    squareB: total((part) => part.squareB),
    dot: total((part) => part.dot),
    unchanged: total((part) => part.unchanged),
    max,
    maxIndex,
    bins,
  };
}
