import { presentStatistics } from "../distance/statistics";
import type { Level, LevelResult, RunResult } from "../protocol/results";
import { levelsOf, type Levels } from "./levels";

/** What each level of an experiment gave so far, for each way to stop that its runs have. */
export function levelResults(
  levels: Levels | undefined,
  runs: readonly RunResult[],
): readonly LevelResult[] {
  if (!levels) return [];
  const stops = (["steps", "fit"] as const).filter((stop) => runs.some((run) => run.stop === stop));
  return stops.flatMap((stop) =>
    levelsOf(levels).map((level) =>
      levelResult(
        level,
        stop,
        runs.filter((run) => run.stop === stop && run.level?.value === level.value),
      ),
    ),
  );
}

function levelResult(
  level: Level,
  stop: LevelResult["stop"],
  runs: readonly RunResult[],
): LevelResult {
  const converged = runs.filter(({ distance }) => distance !== null);
  return {
    level,
    stop,
    runs: runs.length,
    diverged: runs.length - converged.length,
    distance: presentStatistics(converged.map(({ distance }) => distance)),
    testAccuracy: presentStatistics(converged.map(({ testAccuracy }) => testAccuracy)),
    realisedRate: presentStatistics(converged.map(({ realisedRate }) => realisedRate)),
  };
}
