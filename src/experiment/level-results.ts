import { presentStatistics } from "../distance/statistics";
import type { LevelResult } from "../protocol/levels";
import type { Level, RunResult } from "../protocol/results";
import { convergenceFailure } from "./convergence";
import { levelsOf, type Levels } from "./levels";
import { meanCurve } from "./mean-curve";
import { sampleStatistics } from "./sample-statistics";

/** What each level of an experiment gave so far, for each way to stop that its runs have (Figs. 6 and 7). */
export function levelResults(
  levels: Levels | undefined,
  runs: readonly RunResult[],
): readonly LevelResult[] {
  if (!levels) return [];
  return stopsOf(runs).flatMap((stop) =>
    levelsOf(levels).map((level) =>
      levelResult(
        level,
        stop,
        runs.filter((run) => run.stop === stop && run.level?.value === level.value),
      ),
    ),
  );
}

/** The ways to stop that runs have, fixed steps first. */
export function stopsOf(runs: readonly Pick<RunResult, "stop">[]): readonly ("steps" | "fit")[] {
  return (["steps", "fit"] as const).filter((stop) => runs.some((run) => run.stop === stop));
}

function levelResult(
  level: Level,
  stop: LevelResult["stop"],
  all: readonly RunResult[],
): LevelResult {
  const runs = all.filter(({ distance }) => distance !== null);
  const converged = all.filter((run) => convergenceFailure(run) === null);
  return {
    level,
    stop,
    runs: all.length,
    diverged: all.length - runs.length,
    unconverged: all.length - converged.length,
    distance: sampleStatistics(runs.map(({ distance }) => distance)),
    convergedDistance: sampleStatistics(converged.map(({ distance }) => distance)),
    savedDistance: sampleStatistics(runs.map(({ savedDistance }) => savedDistance)),
    testAccuracy: presentStatistics(runs.map(({ testAccuracy }) => testAccuracy)),
    trainAccuracy: presentStatistics(runs.map(({ trainAccuracy }) => trainAccuracy?.given ?? null)),
    realisedRate: presentStatistics(all.map(({ realisedRate }) => realisedRate)),
    steps: presentStatistics(runs.map(({ steps }) => steps)),
    labelKinds: all.at(0)?.labelKinds ?? null,
    curve: meanCurve(runs),
  };
}
