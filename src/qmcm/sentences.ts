import type { QmcmEstimate, QmcmSimulation, QmcmSweep, SweepLevel } from "../protocol/qmcm";

/** Least and largest c_v of the paper's Table 2, in per cent: TF CNN and Yolo v3. */
const TABLE_2_CV = [1.316, 23.4] as const;

const whole = (value: number): string => value.toLocaleString("en-US");
const percent = (ratio: number): string => `${Number((100 * ratio).toPrecision(4))} %`;
const short = (value: number): string => String(Number(value.toPrecision(3)));

/** What a simulation says, in plain words. */
export function simulationSentences(simulation: QmcmSimulation): string[] {
  const { points, dimensions, ratio, stored, queries, klDivergence, floor, sweep } = simulation;
  return [
    `${whole(points)} points were drawn uniformly on the unit sphere in ${whole(dimensions)} dimensions. ${whole(stored)} of them, r = ${percent(ratio)}, are X'; of each of the other ${whole(queries)} the distance to its nearest point in X' was taken.`,
    klDivergence === null
      ? "All distances are equal: no normal distribution can be fitted to them."
      : `The KL divergence from the normal distribution of the same mean and deviation is ${short(klDivergence)}; true normal samples of ${whole(queries)} have ${short(floor.mean)} (95 % of them ${short(floor.low)} to ${short(floor.high)}). ${verdict(klDivergence, simulation)}`,
    ...(sweep ? sweepSentences(sweep) : []),
  ];
}

function verdict(divergence: number, { floor, queries }: QmcmSimulation): string {
  if (divergence <= floor.high)
    return `With ${whole(queries)} distances it cannot be told from a normal distribution.`;
  return `So the distances are near a normal distribution, but not normal: their divergence is ${short(divergence / floor.mean)} times what chance alone gives.`;
}

function sweepSentences({ remaining, fresh }: QmcmSweep): string[] {
  const last = remaining.at(-1);
  const upper = fresh.filter(({ ratio }) => ratio >= 0.8);
  const middle = fresh.filter(({ ratio }) => ratio >= 0.1 && ratio < 0.8);
  if (!last || upper.length === 0 || middle.length === 0) return [];
  const [before, above] = [meanDivergence(middle), meanDivergence(upper)];
  const rises = above > 1.5 * before;
  return [
    `At r = ${percent(last.ratio)} only ${whole(last.queries)} points of X are left to ask, and the divergence is ${short(last.klDivergence ?? 0)}; a true normal sample of that size has ${short(last.floor.mean)} on average.`,
    `Asked of ${whole(fresh[0].queries)} fresh points at each r it is ${short(before)} on average from r = 10 % to 79 % and ${short(above)} from 80 % on: ${
      rises
        ? "it rises there with as many queries too."
        : "the rise of the paper's Fig. 5 from 80 % on comes from how few points are left, not from another distribution."
    }`,
  ];
}

function meanDivergence(levels: readonly SweepLevel[]): number {
  return levels.reduce((sum, { klDivergence }) => sum + (klDivergence ?? 0), 0) / levels.length;
}

/** What an estimate says, in plain words, with what limits it. */
export function estimateSentences(result: QmcmEstimate): string[] {
  const { pool, samples, threshold, removals, reached, plain, trimmed, nearestIsOther } = result;
  const cv = (trimmed.cvPercent ?? 0) / 100;
  return [
    pool < samples
      ? `${whole(pool)} runs are fewer than the ${whole(samples)} samples asked for: all were taken.`
      : `${whole(samples)} of ${whole(pool)} runs were drawn.`,
    removals.length === 0
      ? reached
        ? `Their c_v, ${percent(cv)}, is not above the threshold of ${percent(threshold)}: nothing was taken out, and the estimate is their plain mean.`
        : `Their c_v, ${percent(cv)}, is above the threshold of ${percent(threshold)}, and there are no more runs to draw.`
      : `${whole(removals.length)} were taken out and replaced, until c_v was ${percent(cv)}${reached ? "" : ` and no run was left to draw: the threshold of ${percent(threshold)} was not reached`}. That moved the mean from ${short(plain.mean)} to ${short(trimmed.mean)}; taking out what is far from the mean makes c_v smaller whatever the distances are.`,
    `With the paper's t = 0.3 the loop never runs on any row of its own Table 2, whose c_v are ${TABLE_2_CV[0]} % to ${TABLE_2_CV[1]} %: there the algorithm is the mean of ${whole(200)} distances.`,
    nearestIsOther === 0
      ? "Each run's own final state is the nearest of all to its initial state, as the paper's method needs."
      : `The nearest final state is another run's for ${whole(nearestIsOther)} of ${whole(pool)}: the distance does not stand for what one run learned there.`,
    "The distance orders trainings of one model under one configuration; a small c_v is no evidence that it measures information.",
  ];
}
