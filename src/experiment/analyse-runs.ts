import { analyseStates, type AnalysisOptions, type StateAnalysis } from "../map/analyse-states";
import type { RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import { stateFile } from "./run-result";

/**
 * The distances of n runs' two states take 32 n² bytes, and the maps' time grows as fast: larger experiments are mapped
 * by their first so many runs.
 */
export const mostRunsOnMaps = 1000;

/**
 * Nearest check, sphere statistics and maps of runs, from their weight files; null without runs.
 * @param runs Those whose weights are finite.
 * @throws CheckpointError on a file that is none; the signal's reason where it is aborted
 */
export async function analyseRuns(
  directory: ExperimentDirectory,
  runs: readonly Pick<RunResult, "run" | "key">[],
  options: AnalysisOptions = {},
): Promise<StateAnalysis | null> {
  if (runs.length === 0) return null;
  const states = (["initial", "final"] as const).flatMap((state) =>
    runs
      .slice(0, mostRunsOnMaps)
      .map(({ run, key }) => ({ run, state, path: stateFile(directory, key, state) })),
  );
  return analyseStates(states, options);
}
