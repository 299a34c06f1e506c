import jStat from "jstat";
import type { Statistics } from "../protocol/results";
import type { Interval } from "../protocol/statistics";

/** Where the mean of what was sampled lies, by Student's t; null where n < 2. */
export function meanInterval({ count, mean, std }: Statistics, confidence = 0.95): Interval | null {
  if (std === null) return null;
  const reach = (jStat.studentt.inv((1 + confidence) / 2, count - 1) * std) / Math.sqrt(count);
  return { low: mean - reach, high: mean + reach, confidence };
}
