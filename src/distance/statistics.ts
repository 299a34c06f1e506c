import type { Statistics } from "../protocol/results";
import { CompensatedSum } from "./sum";

/**
 * Mean, standard deviation (over n - 1) and coefficient of variation in per cent, as in the paper's Table 2.
 * `std` is null with one value; `cvPercent` also where the mean is 0. Two passes, compensated sums.
 * @throws RangeError without values
 */
export function statistics(values: ArrayLike<number>): Statistics {
  const count = values.length;
  if (count === 0) throw new RangeError("statistics: no values");
  const mean = sumOf(values, (value) => value) / count;
  const std =
    count < 2 ? null : Math.sqrt(sumOf(values, (value) => (value - mean) ** 2) / (count - 1));
  const cvPercent = std === null || mean === 0 ? null : (100 * std) / mean;
  return { count, mean, std, cvPercent };
}

/** The same of the values that are there; null where none is. */
export function presentStatistics(values: readonly (number | null)[]): Statistics | null {
  const present = values.filter((value) => value !== null);
  return present.length === 0 ? null : statistics(present);
}

function sumOf(values: ArrayLike<number>, term: (value: number) => number): number {
  const sum = new CompensatedSum();
  for (let i = 0; i < values.length; i++) sum.add(term(values[i]));
  return sum.value;
}
