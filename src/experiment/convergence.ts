import type { Convergence, ConvergenceFailure } from "../protocol/findings";
import type { RunResult } from "../protocol/results";
import { sampleStatistics } from "./sample-statistics";

/**
 * Shares of the first epoch's mean loss: a hundredth of it is an epoch's noise where a task cannot be learnt. A training that
 * learns moves its weights by about their initial length at most; too high a rate throws them hundreds of times as far at
 * once, after which the loss stands still.
 */
export const convergenceCriterion: Convergence["criterion"] = {
  fallShare: 0.02,
  riseShare: 0.1,
  farthest: 10,
};

type Judged = Pick<RunResult, "run" | "distance" | "relativeDistance" | "fitted" | "losses">;

/** Why a run did not converge, by the criterion that ConvergenceFailure states; null where it did. */
export function convergenceFailure({
  distance,
  relativeDistance,
  fitted,
  losses: { first, last },
}: Judged): ConvergenceFailure | null {
  const end = last.at(-1) ?? null;
  if (distance === null) return "diverged";
  // It does not tell its losses.
  if (last.length === 0) return null;
  if (end === null) return "diverged";
  if (fitted === false) return "not-fitted";
  const { fallShare, riseShare, farthest } = convergenceCriterion;
  if ((relativeDistance ?? 0) > farthest) return "exploded";
  const before = last.slice(0, -1).filter((loss) => loss !== null);
  if (first === null || before.length === 0) return null;
  // A run that stopped because it fitted has nothing left to fall for.
  if (fitted !== true && before[before.length - 1] - end > fallShare * Math.abs(first))
    return "still-falling";
  return end - Math.min(...before) > riseShare * Math.abs(first) ? "rising" : null;
}

/**
 * Which runs did not converge, and the distances of those that did.
 * @param summed whether the runs are alike enough for statistics over all of them
 */
export function convergenceOf(runs: readonly Judged[], summed: boolean): Convergence {
  const unconverged = runs.flatMap((run) => {
    const why = convergenceFailure(run);
    return why ? [{ run: run.run, why }] : [];
  });
  const out = new Set(unconverged.map(({ run }) => run));
  const converged = runs.filter(({ run }) => !out.has(run));
  return {
    criterion: convergenceCriterion,
    unconverged,
    statistics: summed ? sampleStatistics(converged.map(({ distance }) => distance)) : null,
  };
}
