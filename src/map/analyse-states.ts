import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";
import { nearestCheck } from "../distance/nearest-check";
import type {
  MapStates,
  NearestCheck,
  SphereStatistics,
  StateName,
  WeightMap,
} from "../protocol/results";
import { loadMultiplier } from "./gemm";
import { stateDistances } from "./state-distances";
import { mapStates, type StateLabel, type StateMaps } from "./state-maps";
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
  /** Bytes for weights in memory; 128 MiB by default. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called with what is being done and its share done, 0 to 1. */
  readonly onProgress?: (stage: "distances" | MapStates, share: number) => void;
}

/** What the weights of many runs say together. */
export interface StateAnalysis {
  /** In the order of the states given: n x n, row-major. */
  readonly distances: Float64Array;
  /** Over runs with both states; null where there are none. */
  readonly nearest: NearestCheck | null;
  /** Null with fewer than two runs. */
  readonly sphere: { readonly initial: SphereStatistics; readonly final: SphereStatistics } | null;
  /** Joint, initial and final, classical and metric; empty with fewer than two runs. */
  readonly maps: readonly WeightMap[];
}

/** One run has no other to be set against. */
const FEWEST_RUNS = 2;

/**
 * Distances between all states, nearest check, sphere statistics and maps. Each file is read once, but for states very
 * near to one another, which are read again. Loads ONNX Runtime where it can: see loadMultiplier for where to call this.
 * @param files initial and final states of runs, each run's once
 * @throws CheckpointError where a file cannot be read, differs in its tensors, or holds values that are not finite
 * @throws the signal's reason where it is aborted
 */
export async function analyseStates(
  files: readonly StateFile[],
  options: AnalysisOptions = {},
): Promise<StateAnalysis> {
  const distances = await distancesOfFiles(files, options);
  const { maps, sphere } = await mapsAndSphere(distances, files, options);
  return { distances, nearest: nearestOfStates(distances, files), sphere, maps };
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
    for (const { path } of files) {
      signal?.throwIfAborted();
      checkpoints.push(await openCheckpoint(path));
    }
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
  const final = new Map(statesOf(labels, "final").map((at) => [labels[at].run, at]));
  const initials = statesOf(labels, "initial").filter((at) => final.has(labels[at].run));
  if (initials.length === 0) return null;
  const finals = initials.map((at) => final.get(labels[at].run)!);
  const between = (rows: readonly number[], columns: readonly number[]) =>
    Float64Array.from(
      rows.flatMap((row) => columns.map((column) => distances[row * labels.length + column])),
    );
  return nearestCheck({
    runs: initials.length,
    initialToFinal: between(initials, finals),
    initialToInitial: between(initials, initials),
  });
}

/** Maps and sphere statistics from the distances between all states; none of both with fewer than two runs. */
export async function mapsAndSphere(
  distances: Float64Array,
  labels: readonly StateLabel[],
  { dimensions = 3, seed = 0, signal, onProgress }: AnalysisOptions = {},
): Promise<Pick<StateAnalysis, "maps" | "sphere">> {
  const initial = statesOf(labels, "initial");
  const final = statesOf(labels, "final");
  if (Math.min(initial.length, final.length) < FEWEST_RUNS) return { maps: [], sphere: null };
  const make = (states: MapStates, size: 2 | 3, points: readonly number[]) =>
    mapStates(states, size, distances, labels, points, {
      seed,
      ...(signal ? { signal } : {}),
      onProgress: ({ iteration, maxIterations }) => onProgress?.(states, iteration / maxIterations),
    });
  const joint = await make("joint", dimensions, [...labels.keys()]);
  const initialMaps = await make("initial", dimensions, initial);
  const finalMaps = await make("final", dimensions, final);
  const inThree = async (states: StateName, maps: StateMaps, points: readonly number[]) =>
    sphereOf(dimensions === 3 ? maps : await make(states, 3, points));
  return {
    maps: [joint, initialMaps, finalMaps].flatMap(({ classical, metric }) => [classical, metric]),
    sphere: {
      initial: await inThree("initial", initialMaps, initial),
      final: await inThree("final", finalMaps, final),
    },
  };
}

function sphereOf({ radii }: StateMaps): SphereStatistics {
  return { fullSpace: radii.fullSpace, map: radii.classical, metricMap: radii.metric };
}

/** Indices of the states of one name. */
function statesOf(labels: readonly StateLabel[], state: StateName): number[] {
  return [...labels.keys()].filter((at) => labels[at].state === state);
}
