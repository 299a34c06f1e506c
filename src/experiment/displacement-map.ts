import { distancesOfFiles, type AnalysisOptions } from "../map/analyse-states";
import {
  displacementCosines,
  displacementDistances,
  displacementProducts,
} from "../map/displacements";
import { mapStates } from "../map/state-maps";
import { statePairs } from "../map/state-pairs";
import type { MapMethod } from "../protocol/results";
import type { DisplacementMap } from "../protocol/states";
import { mostRunsOnMaps, stateFiles } from "./analyse-runs";
import { currentResults } from "./current-results";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";

/**
 * A map of the finished runs' displacements w_T - w_0, with the cosines between them.
 * @throws Error where too few runs are finished; the signal's reason where it is aborted
 */
export async function displacementMap(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
  name: string,
  { method, dimensions }: { readonly method: MapMethod; readonly dimensions: 2 | 3 },
  options: AnalysisOptions = {},
): Promise<DisplacementMap> {
  const { runResults } = await currentResults(directory, experiment, name);
  const alive = runResults.filter(({ distance }) => distance !== null).slice(0, mostRunsOnMaps);
  const files = stateFiles(directory, alive);
  const distances = alive.length < 2 ? null : await distancesOfFiles(files, options);
  const cosines = distances && displacementCosines(distances, files);
  if (!distances || !cosines)
    throw new Error(
      `${directory.root}: ${alive.length} finished runs are too few for a map of displacements.`,
    );
  const runs = statePairs(files).map(({ run }) => ({ run, state: "final" as const }));
  const between = displacementDistances(displacementProducts(distances, files));
  const { seed = 0, signal } = options;
  const maps = await mapStates("final", dimensions, between, runs, [...runs.keys()], {
    seed,
    ...(signal ? { signal } : {}),
  });
  const { points, ...map } = maps[method];
  return {
    ...map,
    states: "displacements",
    points: points.map(({ run, position }) => ({ run, position })),
    cosines,
  };
}
