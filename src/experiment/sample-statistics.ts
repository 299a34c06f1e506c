import { presentStatistics } from "../distance/statistics";
import type { SampleStatistics } from "../protocol/results";
import { meanInterval } from "../statistics/interval";

/** A row of Table 2 of the values that are there, with the 95 % interval of its mean; null where none is. */
export function sampleStatistics(values: readonly (number | null)[]): SampleStatistics | null {
  const found = presentStatistics(values);
  return found && { ...found, interval: meanInterval(found) };
}
