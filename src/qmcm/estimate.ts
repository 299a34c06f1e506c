import { statistics } from "../distance/statistics";
import type { QmcmEstimate, QmcmRemoval } from "../protocol/qmcm";
import type { Statistics } from "../protocol/results";
import { RandomStream } from "../random/stream";

/** A run's initial state y, and d(y), its distance to the nearest of all final states. */
export interface NearestDistance {
  readonly run: number;
  readonly distance: number;
}

export interface EstimateChoice {
  /** t, a ratio, from 0; the paper has 0.3. */
  readonly threshold: number;
  /** n, from 2 up; the paper has 200. All runs are taken where there are fewer. */
  readonly samples: number;
  readonly seed: number;
}

export type Estimated = Pick<QmcmEstimate, "reached" | "removals" | "plain" | "trimmed">;

/**
 * Algorithm 2: draws n runs without replacement; while c_v of their d(y) is above t takes out the one farthest from their
 * mean (of several the one drawn first) and draws another, never one that was taken out. Ends at c_v ≤ t or where there
 * is none left to draw.
 * @param pool runs to draw from, in any order: it is put in that of the runs first
 * @throws RangeError with fewer than two runs, or a choice out of range
 */
export function estimate(
  pool: readonly NearestDistance[],
  { threshold, samples, seed }: EstimateChoice,
): Estimated {
  if (pool.length < 2) throw new RangeError(`estimate: ${pool.length} runs, not two at least`);
  if (!(threshold >= 0)) throw new RangeError(`estimate: threshold ${threshold} is below 0`);
  if (!Number.isInteger(samples) || samples < 2)
    throw new RangeError(`estimate: ${samples} samples, not two at least`);
  const sorted = pool.toSorted((a, b) => a.run - b.run);
  const order = new RandomStream("qmcm", "estimate", seed).shuffle([...sorted.keys()]);
  const drawn = order.map((at) => sorted[at]);
  const sample = drawn.slice(0, samples);
  const removals: QmcmRemoval[] = [];
  const plain = describe(sample);
  let now = plain;
  for (const next of drawn.slice(samples)) {
    const cv = variation(now);
    if (cv <= threshold) break;
    const farthest = indexOfFarthest(sample, now.mean);
    const [{ run, distance }] = sample.splice(farthest, 1);
    removals.push({ run, distance, cv });
    sample.push(next);
    now = describe(sample);
  }
  return { reached: variation(now) <= threshold, removals, plain, trimmed: now };
}

function describe(sample: readonly NearestDistance[]): Statistics {
  return statistics(sample.map(({ distance }) => distance));
}

/** c_v as a ratio; 0 where all distances are 0. */
function variation({ mean, std }: Statistics): number {
  return std === null || std === 0 ? 0 : std / mean;
}

function indexOfFarthest(sample: readonly NearestDistance[], mean: number): number {
  let farthest = 0;
  sample.forEach(({ distance }, i) => {
    if (Math.abs(distance - mean) > Math.abs(sample[farthest].distance - mean)) farthest = i;
  });
  return farthest;
}
