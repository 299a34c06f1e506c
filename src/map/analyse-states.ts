import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";
import { nearestCheck } from "../distance/nearest-check";
import type {
  MapStates,
  NearestCheck,
  Results,
  SphereStatistics,
  StateName,
} from "../protocol/results";
import { displacementsOfStates } from "./displacement-maps";
import { evennessOfStates } from "./evenness-of-states";
import { loadMultiplier } from "./gemm";
import { nearestStates } from "./nearest-states";
import { scratchClusters } from "./scratch-clusters";
import { sideBySide } from "./side-by-side";
import { stateDistances } from "./state-distances";
import { mapStates, type StateLabel } from "./state-maps";
import { statePairs, statesOf } from "./state-pairs";
import { WeightVectors } from "./weight-vectors";

/** A state of a run and the checkpoint that holds it. */
export interface StateFile extends StateLabel {
  readonly path: string;
}

export interface AnalysisOptions {
  /** Of the maps; 3 by default. The sphere's maps are 3-D always. */
  readonly dimensions?: 2 | 3;
  /** Decides the metric maps' random starts; 0 by default. */
  readonly seed?: number;
  /** Threads of ONNX Runtime; 1 by default. */
  readonly threads?: number;
  /** Bytes for weights in memory; 96 MiB by default. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called with what is being done and its share done, 0 to 1. */
  readonly onProgress?: (stage: "distances" | MapStates, share: number) => void;
}

/** What the weights of many runs say together. */
export interface StateAnalysis extends Pick<
  Results,
  "nearest" | "nearestStates" | "clusters" | "displacements" | "sphere" | "maps" | "evenness"
> {
  /** In the order of the states given: n x n, row-major. */
  readonly distances: Float64Array;
}

/** One state has no other to be set against. */
const FEWEST_STATES = 2;

/**
 * Distances between all states and what follows from them. Each file is read once, but for states very near to one
 * another, and a few initial ones for the moments of their weights. Loads ONNX Runtime where it can: see loadMultiplier for
 * where to call this.
 * @param files initial and final states of runs, each run's once; initial states that runs share once, see StateLabel
 * @throws CheckpointError where a file cannot be read, differs in its tensors, or holds values that are not finite
 * @throws the signal's reason where it is aborted
 */
export async function analyseStates(
  files: readonly StateFile[],
  options: AnalysisOptions = {},
): Promise<StateAnalysis> {
  const distances = await distancesOfFiles(files, options);
  const { dimensions = 3, seed = 0, signal } = options;
  return {
    distances,
    nearest: nearestOfStates(distances, files),
    nearestStates: nearestStates(distances, files),
    clusters: scratchClusters(distances, files),
    ...(await mapsAndSphere(distances, files, options)),
    displacements: await displacementsOfStates(distances, files, dimensions, {
      seed,
      ...(signal ? { signal } : {}),
    }),
    evenness: await evennessOfStates(distances, files, options),
  };
}

/**
 * Distances between the states in some files, n x n, row-major.
 * @throws as analyseStates
 */
export async function distancesOfFiles(
  files: readonly Pick<StateFile, "path">[],
  { threads, memoryBytes, signal, onProgress }: AnalysisOptions = {},
): Promise<Float64Array> {
  const checkpoints: Checkpoint[] = [];
  const multiplier = await loadMultiplier(threads);
  try {
    await sideBySide(files.length, async (i) => {
      signal?.throwIfAborted();
      checkpoints[i] = await openCheckpoint(files[i].path);
    });
    return await stateDistances(new WeightVectors(checkpoints), {
      multiplier,
      ...(memoryBytes === undefined ? {} : { memoryBytes }),
      ...(signal ? { signal } : {}),
      onProgress: (share) => onProgress?.("distances", share),
    });
  } finally {
    await Promise.all(checkpoints.map((checkpoint) => checkpoint.close()));
    await multiplier.release();
  }
}

/** The nearest check from the distances between all states; null where no run has both states. */
export function nearestOfStates(
  distances: Float64Array,
  labels: readonly StateLabel[],
): NearestCheck | null {
  const pairs = statePairs(labels);
  if (pairs.length === 0) return null;
  const between = (column: "initial" | "final") =>
    Float64Array.from(
      pairs.flatMap(({ initial }) =>
        pairs.map((pair) => distances[initial * labels.length + pair[column]]),
      ),
    );
  return nearestCheck({
    runs: pairs.length,
    initialToFinal: between("final"),
    initialToInitial: between("initial"),
  });
}

/**
 * Maps and sphere statistics from the distances between all states: none of both with fewer than two final states, none of
 * the initial states where there are fewer than two of them.
 */
export async function mapsAndSphere(
  distances: Float64Array,
  labels: readonly StateLabel[],
  { dimensions = 3, seed = 0, signal, onProgress }: AnalysisOptions = {},
): Promise<Pick<StateAnalysis, "maps" | "sphere">> {
  const final = statesOf(labels, "final");
  if (final.length < FEWEST_STATES) return { maps: [], sphere: null };
  const make = (states: MapStates, size: 2 | 3, points: readonly number[]) =>
    mapStates(states, size, distances, labels, points, {
      seed,
      ...(signal ? { signal } : {}),
      onProgress: ({ iteration, maxIterations }) => onProgress?.(states, iteration / maxIterations),
    });
  const joint = await make("joint", dimensions, [...labels.keys()]);
  const alone = async (states: StateName) => {
    const points = statesOf(labels, states);
    if (points.length < FEWEST_STATES) return null;
    const made = await make(states, dimensions, points);
    const { radii } = dimensions === 3 ? made : await make(states, 3, points);
    const sphere: SphereStatistics = {
      fullSpace: radii.fullSpace,
      map: radii.classical,
      metricMap: radii.metric,
    };
    return { maps: [made.classical, made.metric], sphere };
  };
  const initial = await alone("initial");
  const finals = (await alone("final"))!;
  return {
    maps: [joint.classical, joint.metric, ...(initial?.maps ?? []), ...finals.maps],
    sphere: { initial: initial?.sphere ?? null, final: finals.sphere },
  };
}
