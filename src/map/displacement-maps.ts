import type { MapMethod } from "../protocol/results";
import type { DisplacementMap, Displacements } from "../protocol/states";
import { displacementCosines, displacementDistances, displacementProducts } from "./displacements";
import { mapStates, type StateLabel, type StateMapOptions } from "./state-maps";
import { statePairs } from "./state-pairs";

/**
 * Cosines between the displacements w_T - w_0 of runs, and maps of them by both methods; null where fewer than two runs
 * moved.
 * @param distances between all states, n x n, row-major
 * @throws the signal's reason where it is aborted
 */
export async function displacementsOfStates(
  distances: Float64Array,
  labels: readonly StateLabel[],
  dimensions: 2 | 3,
  options: StateMapOptions,
): Promise<Displacements | null> {
  const cosines = displacementCosines(distances, labels);
  if (!cosines) return null;
  const runs = statePairs(labels).map(({ run }) => ({ run, state: "final" as const }));
  const between = displacementDistances(displacementProducts(distances, labels));
  const maps = await mapStates("final", dimensions, between, runs, [...runs.keys()], options);
  const ofDisplacements = (method: MapMethod): DisplacementMap => ({
    ...maps[method],
    states: "displacements",
    points: maps[method].points.map(({ run, position }) => ({ run, position })),
  });
  return { ...cosines, maps: [ofDisplacements("classical"), ofDisplacements("metric")] };
}
