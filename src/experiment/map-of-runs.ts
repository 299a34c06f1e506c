import type { MapMethod, MapStates, WeightMap } from "../protocol/results";
import { analyseRuns } from "./analyse-runs";
import { currentResults } from "./current-results";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";

export interface MapChoice {
  readonly states: MapStates;
  readonly method: MapMethod;
  readonly dimensions: 2 | 3;
}

/**
 * One map of an experiment's finished runs: a 3-D one from its results, a 2-D one made now.
 * @throws Error where too few runs are finished
 */
export async function mapOfRuns(
  directory: ExperimentDirectory,
  experiment: ExperimentFile,
  name: string,
  { states, method, dimensions }: MapChoice,
): Promise<WeightMap> {
  const { maps, runResults } = await currentResults(directory, experiment, name);
  const converged = runResults.filter(({ distance }) => distance !== null);
  const made =
    dimensions === 3
      ? maps
      : ((await analyseRuns(directory, converged, { dimensions }))?.maps ?? []);
  const map = made.find((candidate) => candidate.states === states && candidate.method === method);
  if (map) return map;
  throw new Error(`${directory.root}: ${converged.length} finished runs are too few for a map.`);
}
