import type { Convergence, ConvergenceFailure, ExperimentCheck } from "../protocol/findings";
import type { Results } from "../protocol/results";
import { firstOf, percent, plural } from "./number";

const CHECKS: Readonly<Record<ExperimentCheck["check"], string>> = {
  "shared-initial-weights":
    "Runs that should share their initial weights start from the same bytes.",
  "own-initial-weights":
    "Runs that should have their own initial weights start from different bytes.",
  "paired-seeds": "Initial weights, order and dropout are the same at every level of a repeat.",
  "paired-order": "Order and dropout are the same at every level of a repeat.",
  "equal-steps": "Runs that stop by steps took equally many.",
};

/** What was verified of the runs, and whether it holds. */
export function checkText({ check, holds, runs, broken }: ExperimentCheck): string {
  return holds
    ? `${CHECKS[check]} Holds for ${plural(runs, "run")}.`
    : `${CHECKS[check]} Does not hold: ${broken.length === 1 ? "run" : "runs"} ${firstOf(broken)}.`;
}

const FAILURES: Readonly<Record<ConvergenceFailure, string>> = {
  diverged: "diverged: weights no longer finite",
  exploded: "exploded: weights far from where they began",
  "not-fitted": "did not fit within the epochs allowed",
  "still-falling": "loss still falling",
  rising: "loss rising",
};

/** Runs that diverged or did not converge, by reason. */
export function unconvergedRuns({
  unconverged,
}: Convergence): readonly { readonly why: string; readonly runs: readonly number[] }[] {
  return (Object.keys(FAILURES) as ConvergenceFailure[])
    .map((why) => ({
      why: FAILURES[why],
      runs: unconverged.filter((run) => run.why === why).map(({ run }) => run),
    }))
    .filter(({ runs }) => runs.length > 0);
}

/** Whether runs tell their losses, without which nothing but divergence can be said of their convergence. */
export function tellsLosses({ runResults }: Pick<Results, "runResults">): boolean {
  return runResults.some(({ losses }) => losses.last.length > 0);
}

/** The criterion of convergence, in words. */
export function convergenceCriterion({ criterion }: Convergence): string {
  return (
    `Converged: the mean loss of the last epoch lies below the one before by at most ${percent(criterion.fallShare)} of the first epoch's, ` +
    `and above the lowest of the two before by at most ${percent(criterion.riseShare)}; and the weights are at most ${criterion.farthest} times as far from their initial values as these are long.`
  );
}
