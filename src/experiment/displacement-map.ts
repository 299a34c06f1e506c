import { distancesOfFiles, type AnalysisOptions } from "../map/analyse-states";
import { displacementsOfStates } from "../map/displacement-maps";
import type { MapMethod } from "../protocol/results";
import type { DisplacementCosines, DisplacementMap } from "../protocol/states";
import { mostRunsOnMaps, stateFiles } from "./analyse-runs";
import { currentResults } from "./current-results";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";

/** What `map --of displacements --json` prints. */
export interface DisplacementMapWithCosines extends DisplacementMap {
  readonly cosines: DisplacementCosines;
}

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
): Promise<DisplacementMapWithCosines> {
  const { runResults } = await currentResults(directory, experiment, name);
  const alive = runResults.filter(({ distance }) => distance !== null).slice(0, mostRunsOnMaps);
  const files = await stateFiles(directory, alive);
  const { seed = 0, signal } = options;
  const displacements =
    alive.length < 2
      ? null
      : await displacementsOfStates(await distancesOfFiles(files, options), files, dimensions, {
          seed,
          ...(signal ? { signal } : {}),
        });
  const map = displacements?.maps.find((one) => one.method === method);
  if (!displacements || !map)
    throw new Error(
      `${directory.root}: ${alive.length} finished runs are too few for a map of displacements.`,
    );
  const { runs, pairs, mean, std, histogram } = displacements;
  return { ...map, cosines: { runs, pairs, mean, std, histogram } };
}
