import type { ChangeHistogram } from "../protocol/comparison";
import { joinHistograms } from "./histogram";
import { CompensatedSum } from "./sum";

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
  /** Largest |b - a| and the index of its first place; 0 and -1 where nothing changed. */
  readonly max: number;
  readonly maxIndex: number;
  readonly histogram: ChangeHistogram;
}

/** Joins the sums of a tensor's parts, in their order, which decides the last bits; or of several tensors. */
export function joinSums(parts: readonly ChangeSums[]): ChangeSums {
  if (parts.length === 1) return parts[0];
  const total = (pick: (part: ChangeSums) => number) => {
    const sum = new CompensatedSum();
    for (const part of parts) sum.add(pick(part));
    return sum.value;
  };
  let before = 0;
  let max = 0;
  let maxIndex = -1;
  for (const part of parts) {
    if (part.max > max) {
      max = part.max;
      maxIndex = before + part.maxIndex;
    }
    before += part.parameters;
  }
  return {
    parameters: before,
    nonFinite: total((part) => part.nonFinite),
    difference: total((part) => part.difference),
    squareA: total((part) => part.squareA),
    squareB: total((part) => part.squareB),
    dot: total((part) => part.dot),
    max,
    maxIndex,
    histogram: joinHistograms(parts.map(({ histogram }) => histogram)),
  };
}
