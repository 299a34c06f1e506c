import type { EngineDescription } from "./trainer";

/**
 * Result objects: what `results.json` holds, the command line prints with --json and a webview draws.
 * Plain data only. A distance is Euclidean (L2), between float32 weights, accumulated in float64.
 */

/** The paper's Table 2 row. `std` and `cvPercent` use n - 1; null where n < 2 (or the mean is 0). */
export interface Statistics {
  readonly count: number;
  readonly mean: number;
  readonly std: number | null;
  /** Coefficient of variation, 100 * std / mean, in per cent. */
  readonly cvPercent: number | null;
}

/** One direction of the nearest check. */
export interface NearestDirection {
  /** How many states have their own counterpart as the nearest of all. */
  readonly own: number;
  readonly allOwn: boolean;
  /** Smallest ratio of the nearest other state's distance to the own one's; null with one run. */
  readonly margin: number | null;
}

/**
 * Is each initial state's own final state the nearest of all final states (Section "Apply on the neural
 * network")? Not applicable where runs share an initial state, for then "own" has no meaning.
 */
export type NearestCheck =
  | ({
      readonly applicable: true;
      readonly pairs: number;
      readonly reverse: NearestDirection;
    } & NearestDirection)
  | { readonly applicable: false; readonly pairs: number; readonly reason: string };

/** Distances of points to their centroid: their mean and standard deviation (n - 1). */
export interface Radius {
  readonly meanRadius: number;
  readonly std: number | null;
}

/** Radii of one set of states, each named for the space it was measured in. */
export interface SphereStatistics {
  /** In the full weight space. */
  readonly fullSpace: Radius;
  /** In the classical 3-D map (Algorithm 1) of these states alone. */
  readonly map: Radius;
  /** In the metric 3-D map (stress majorisation) of these states alone. */
  readonly metricMap: Radius;
}

export type StateName = "initial" | "final";
export type MapStates = "joint" | StateName;
export type MapMethod = "classical" | "metric";

export interface MapPoint {
  /** Index of the run in the experiment. */
  readonly run: number;
  readonly state: StateName;
  /** `dimensions` coordinates, in units of weight distance. */
  readonly position: readonly number[];
}

/** A map of weight states in 2 or 3 dimensions. */
export interface WeightMap {
  readonly method: MapMethod;
  readonly states: MapStates;
  readonly dimensions: 2 | 3;
  readonly points: readonly MapPoint[];
  /** Largest eigenvalues, descending, of the undivided double-centred Gram matrix B = X X'. */
  readonly eigenvalues: readonly number[];
  /** Share of B's trace in the first `dimensions` eigenvalues. */
  readonly explained: number;
  /** What a cloud without structure would have: dimensions / (n - 1), at most 1. */
  readonly explainedNull: number;
  /** Kruskal's stress-1 of the map's distances against the full-space distances. */
  readonly stress: number;
  /** False where a metric map met its iteration limit: a little less stress was to be had. */
  readonly converged: boolean;
}

/** Distance of one tensor (or of all) between the initial and the final state of a run. */
export interface TensorDistance {
  readonly name: string;
  readonly shape: readonly number[];
  /** Null where the weights are not finite: the training diverged. */
  readonly distance: number | null;
  /** Over the initial tensor's norm; null where that norm is 0. */
  readonly relativeDistance: number | null;
  /** Sum over steps of the norm of each step's change; null where it was not recorded. */
  readonly pathLength: number | null;
  /** Sum over steps of the squared norm of each step's change: a random walk of the same steps ends at about its root. */
  readonly sumSquaredSteps: number | null;
}

export interface RunSeeds {
  readonly initialWeights: number;
  readonly order: number;
  readonly dropout: number;
}

export interface RunResult {
  /** Index in the experiment, from 0. */
  readonly run: number;
  readonly key: string;
  readonly seeds: RunSeeds;
  /** Null where the training diverged (its weights are not finite). */
  readonly distance: number | null;
  readonly relativeDistance: number | null;
  readonly pathLength: number | null;
  readonly sumSquaredSteps: number | null;
  /** Share of test examples classified right after training, 0 to 1; null without a test set. */
  readonly testAccuracy: number | null;
  /** Mean loss over the last epoch's steps; null where the training diverged. */
  readonly trainingLoss: number | null;
  /** Empty in experiments of thousands of runs. */
  readonly tensors: readonly TensorDistance[];
}

export interface TensorStatistics {
  readonly name: string;
  readonly shape: readonly number[];
  readonly distance: Statistics;
  readonly relativeDistance: Statistics | null;
}

/** `results.json`, the body of `report --json`. */
export interface Results {
  readonly format: "weight-odometer results 2";
  readonly name: string;
  readonly model: string;
  readonly dataset: string;
  /** Finished runs. */
  readonly runs: number;
  /** Those of them whose weights are not finite: they are left out of the figures below. */
  readonly diverged: number;
  /** Runs that the experiment asks for. */
  readonly planned: number;
  readonly parameters: number;
  /**
   * What trained the runs, the most frequent first. More than one: the same seeds would have given slightly other
   * weights elsewhere, so that the runs are of mixed kinds.
   */
  readonly engines: readonly { readonly engine: EngineDescription; readonly runs: number }[];
  /** Of the distances; null where no run has a finite one. */
  readonly statistics: Statistics | null;
  readonly accuracy: Statistics | null;
  readonly tensorStatistics: readonly TensorStatistics[];
  /** Null until maps are made, which needs two runs that did not diverge. */
  readonly nearest: NearestCheck | null;
  readonly sphere: { readonly initial: SphereStatistics; readonly final: SphereStatistics } | null;
  /** Joint, initial and final maps by both methods; empty until they are made. */
  readonly maps: readonly WeightMap[];
  /** Runs on which nearest check, spheres and maps are made: the first so many where there are very many; 0 until then. */
  readonly mapped: number;
  readonly runResults: readonly RunResult[];
}
