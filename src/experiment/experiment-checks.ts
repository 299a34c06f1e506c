import type { ExperimentCheck } from "../protocol/findings";
import type { Level, RunResult } from "../protocol/results";

/** Runs that are named where a check does not hold. */
const mostBroken = 20;

/** Verifies from the runs themselves what the paper's experiments presuppose; checks that have nothing to look at are left out. */
export function experimentChecks(
  runs: readonly RunResult[],
  varied: Level["setting"] | null,
): readonly ExperimentCheck[] {
  return [
    sharedInitialWeights(runs),
    ownInitialWeights(runs),
    pairedSeeds(runs, varied),
    equalSteps(runs),
  ].filter((check) => check !== null);
}

function sharedInitialWeights(runs: readonly RunResult[]): ExperimentCheck | null {
  const groups = grouped(runs, ({ seeds }) => seeds.initialWeights).filter(
    ({ length }) => length > 1,
  );
  return checkOf(
    "shared-initial-weights",
    groups.flat(),
    groups.flatMap((group) => unlike(group, ({ initialSha256 }) => initialSha256)),
  );
}

function ownInitialWeights(runs: readonly RunResult[]): ExperimentCheck | null {
  if (new Set(runs.map(({ seeds }) => seeds.initialWeights)).size < 2) return null;
  return checkOf(
    "own-initial-weights",
    runs,
    grouped(runs, ({ initialSha256 }) => initialSha256).flatMap((group) =>
      unlike(group, ({ seeds }) => seeds.initialWeights),
    ),
  );
}

function pairedSeeds(
  runs: readonly RunResult[],
  varied: Level["setting"] | null,
): ExperimentCheck | null {
  const seedsOf = ({ seeds: { initialWeights, order, dropout } }: RunResult) =>
    [...(varied === "initialWeights" ? [] : [initialWeights]), order, dropout].join();
  const repeats = grouped(runs, ({ repeat }) => repeat).filter(({ length }) => length > 1);
  return checkOf(
    varied === "initialWeights" ? "paired-order" : "paired-seeds",
    repeats.flat(),
    repeats.flatMap((repeat) => unlike(repeat, seedsOf)),
  );
}

function equalSteps(runs: readonly RunResult[]): ExperimentCheck | null {
  const bySteps = runs.flatMap((run) =>
    run.stop === "steps" && run.steps !== null ? [{ ...run, steps: run.steps }] : [],
  );
  return bySteps.length < 2
    ? null
    : checkOf(
        "equal-steps",
        bySteps,
        unlike(bySteps, ({ steps }) => steps),
      );
}

function checkOf(
  check: ExperimentCheck["check"],
  runs: readonly RunResult[],
  broken: readonly RunResult[],
): ExperimentCheck | null {
  if (runs.length === 0) return null;
  return {
    check,
    holds: broken.length === 0,
    runs: runs.length,
    broken: broken.slice(0, mostBroken).map(({ run }) => run),
  };
}

/** Runs of a group that are unlike its first. */
function unlike<Run extends RunResult>(
  group: readonly Run[],
  property: (run: Run) => string | number,
): readonly Run[] {
  return group.filter((run) => property(run) !== property(group[0]));
}

function grouped(
  runs: readonly RunResult[],
  property: (run: RunResult) => string | number,
): RunResult[][] {
  const groups = new Map<string | number, RunResult[]>();
  for (const run of runs) {
    const name = property(run);
    const group = groups.get(name);
    if (group) group.push(run);
    else groups.set(name, [run]);
  }
  return [...groups.values()];
}
