import {
  analyseStates,
  type AnalysisOptions,
  type StateAnalysis,
  type StateFile,
} from "../map/analyse-states";
import type { RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import { readStates, type RunStates } from "./run-states";

/**
 * The distances of n runs' two states take 32 n² bytes, and the maps' time grows as fast: larger experiments are mapped
 * by their first so many runs.
 */
export const mostRunsOnMaps = 1000;

/** A run whose weights are finite. */
type MappedRun = Pick<RunResult, "run" | "key" | "initialSha256">;

/**
 * Nearest check, sphere statistics, maps and what else the weights of runs say together; null without runs.
 * @throws CheckpointError on a file that is none; the signal's reason where it is aborted
 */
export async function analyseRuns(
  directory: ExperimentDirectory,
  runs: readonly MappedRun[],
  options: AnalysisOptions = {},
): Promise<StateAnalysis | null> {
  if (runs.length === 0) return null;
  return analyseStates(await stateFiles(directory, runs.slice(0, mostRunsOnMaps)), options);
}

/** The states of runs: initial ones first, each once where runs share them. */
export async function stateFiles(
  directory: ExperimentDirectory,
  runs: readonly MappedRun[],
): Promise<readonly StateFile[]> {
  const states = new Map<string, RunStates>();
  for (const { key } of runs) states.set(key, await readStates(directory, key));
  const scratches = new Map<string, MappedRun>();
  for (const run of runs)
    if (!scratches.has(run.initialSha256)) scratches.set(run.initialSha256, run);
  return [
    ...[...scratches.values()].map(({ run, key }) => ({
      run,
      state: "initial" as const,
      path: states.get(key)!.initial,
    })),
    ...runs.map(({ run, key, initialSha256 }) => ({
      run,
      state: "final" as const,
      scratch: scratches.get(initialSha256)!.run,
      path: states.get(key)!.final.file,
    })),
  ];
}
