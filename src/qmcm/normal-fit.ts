import { statistics } from "../distance/statistics";
import type { DistanceHistogram, ShortestDistances } from "../protocol/qmcm";

/** Bins of Fig. 4 and Eq. 3. */
export const BINS = 50;

/**
 * Mean, deviation, histogram and KL divergence of distances against the normal distribution of the same mean and
 * standard deviation (over n - 1).
 * @throws RangeError without distances
 */
export function describeDistances(distances: Float64Array): ShortestDistances {
  const { mean, std } = statistics(distances);
  const histogram = std === null ? null : normalHistogram(distances, mean, std);
  return {
    mean,
    std,
    cv: std === null ? null : std / mean,
    klDivergence: histogram && klDivergence(histogram),
    histogram,
  };
}

/** Counts in equal bins from the smallest to the largest value; null where all are equal. */
export function normalHistogram(
  values: Float64Array,
  mean: number,
  std: number,
): DistanceHistogram | null {
  let from = Infinity;
  let to = -Infinity;
  for (const value of values) {
    if (value < from) from = value;
    if (value > to) to = value;
  }
  if (!(to > from)) return null;
  const counts = new Array<number>(BINS).fill(0);
  const scale = BINS / (to - from);
  for (const value of values) counts[Math.min(BINS - 1, Math.floor((value - from) * scale))]++;
  const shares = normalShares((from - mean) / std, (to - mean) / std);
  return { from, to, counts, expected: shares.map((share) => share * values.length) };
}

/**
 * Eq. 3, D(P || Q) = Σ P ln(P / Q), in nats: P the shares counted, Q those expected; 0 ln 0 = 0.
 * @param histogram whose two sides have equal sums
 */
export function klDivergence({
  counts,
  expected,
}: Pick<DistanceHistogram, "counts" | "expected">): number {
  const total = counts.reduce((sum, count) => sum + count, 0);
  let divergence = 0;
  counts.forEach((count, i) => {
    if (count > 0) divergence += (count / total) * Math.log(count / expected[i]);
  });
  return divergence;
}

/** Abscissas and weights of Gauss and Legendre's rule with eight points, on [-1, 1] (symmetric). */
const ABSCISSAS = [0.1834346424956498, 0.525532409916329, 0.7966664774136267, 0.9602898564975363];
const WEIGHTS = [0.362683783378362, 0.3137066458778873, 0.2223810344533745, 0.1012285362903763];

/** Widest piece, in standard deviations, over which the rule is exact to rounding. */
const WIDEST = 0.5;
/** Stands for a share too small for float64: no value that far out has an infinite divergence. */
const LEAST = 1e-300;

/**
 * Shares of the standard normal distribution in equal bins from `from` to `to`, of what lies between these: differences
 * of the distribution function over their sum. Each is an integral of the density by Gauss and Legendre's rule, which,
 * unlike a difference, loses nothing far out.
 */
function normalShares(from: number, to: number): number[] {
  const width = (to - from) / BINS;
  const pieces = Math.ceil(width / WIDEST);
  const half = width / pieces / 2;
  const integrals = Array.from({ length: BINS }, (_, bin) => {
    let sum = 0;
    for (let piece = 0; piece < pieces; piece++) {
      const centre = from + bin * width + (2 * piece + 1) * half;
      ABSCISSAS.forEach((x, i) => {
        const [low, high] = [centre - half * x, centre + half * x];
        sum += WEIGHTS[i] * (Math.exp(-0.5 * low * low) + Math.exp(-0.5 * high * high));
      });
    }
    return Math.max(sum, LEAST);
  });
  const total = integrals.reduce((sum, integral) => sum + integral, 0);
  return integrals.map((integral) => integral / total);
}
