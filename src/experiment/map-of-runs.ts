import { distancesOfFiles } from "../map/analyse-states";
import { mapStates } from "../map/state-maps";
import { statesOf } from "../map/state-pairs";
import type { MapMethod, MapStates, WeightMap } from "../protocol/results";
import { mostRunsOnMaps, stateFiles } from "./analyse-runs";
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
  choice: MapChoice,
): Promise<WeightMap> {
  const { maps, runResults } = await currentResults(directory, experiment, name);
  const alive = runResults.filter(({ distance }) => distance !== null);
  const map =
    choice.dimensions === 3
      ? maps.find(({ states, method }) => states === choice.states && method === choice.method)
      : await flatMap(directory, alive.slice(0, mostRunsOnMaps), choice);
  if (map) return map;
  const states = choice.states === "initial" ? "different initial states of " : "";
  throw new Error(
    `${directory.root}: the ${states}${alive.length} finished runs are too few for a map.`,
  );
}

async function flatMap(
  directory: ExperimentDirectory,
  runs: Parameters<typeof stateFiles>[1],
  { states, method, dimensions }: MapChoice,
): Promise<WeightMap | undefined> {
  const files = await stateFiles(directory, runs);
  const points = states === "joint" ? [...files.keys()] : statesOf(files, states);
  if (runs.length < 2 || points.length < 2) return undefined;
  const distances = await distancesOfFiles(files);
  const made = await mapStates(states, dimensions, distances, files, points, { seed: 0 });
  return made[method];
}
