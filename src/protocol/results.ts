import type { SkippedFile } from "./command";
import type { Convergence, ExperimentCheck, FigureWarning } from "./findings";
import type { LevelResult, LevelTrend, MeanCurve } from "./levels";
import type { MetricResult } from "./metrics";
import type { PaperValues } from "./paper";
import type { Displacements, Evenness, NearestState, ScratchClusters } from "./states";
import type { Interval } from "./statistics";
import type { RunEngine, RunSettings } from "./run";

/**
 * Result objects: what `results.json` holds, the command line prints with --json and a webview draws; parts of them are
 * in levels.ts (Figs. 6 and 7), states.ts (Figs. 1 to 3) and findings.ts (checks, convergence, warnings).
 * Plain data only. A distance is Euclidean (L2), between float32 weights, accumulated in float64; never bits.
 */

/** The paper's Table 2 row. `std` and `cvPercent` use n - 1; null where n < 2 (or the mean is 0). */
export interface Statistics {
  readonly count: number;
  readonly mean: number;
  readonly std: number | null;
  /** Coefficient of variation, 100 * std / mean, in per cent. */
  readonly cvPercent: number | null;
}

/** The same with where the mean lies. */
export interface SampleStatistics extends Statistics {
  /** 95 % interval of the mean by Student's t; null where n < 2. */
  readonly interval: Interval | null;
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
  /** Index of the run in the experiment; of an initial state that several runs share, the first of them. */
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

/** One value of the setting that an experiment varies. */
export interface Level {
  readonly setting: "labelFraction" | "labelCorruption" | "initialWeights";
  /** A share, a rate, or a seed. */
  readonly value: number;
}

/** Where a run stands among the others of its experiment: runs of one repeat share their seeds. */
export interface RunPlace {
  /** Index in the experiment, from 0. */
  readonly run: number;
  readonly repeat: number;
  /** Null where nothing is varied. */
  readonly level: Level | null;
  readonly stop: "steps" | "fit";
}

/** Distances along a run at its checkpoints, the initial weights (step 0) and the final ones included. */
export interface RunCurve {
  readonly steps: readonly number[];
  /** d(w_0, w_t); null where weights are not finite. */
  readonly fromInitial: readonly (number | null)[];
  /** d(w_t, w_T). */
  readonly toFinal: readonly (number | null)[];
}

export interface RunResult extends RunPlace {
  readonly key: string;
  readonly seeds: RunSeeds;
  /** Over trainable weights; null where the training diverged (its weights are not finite). */
  readonly distance: number | null;
  /** Over `initialNorm`. */
  readonly relativeDistance: number | null;
  /**
   * Over all that is saved, batch norm's moving averages too, which are no weights: the only reading under which the
   * paper's 8,785 for ResNet can be (Table 2). Equal to `distance` where a model has none.
   */
  readonly savedDistance: number | null;
  /** |w_0|, over trainable weights. */
  readonly initialNorm: number | null;
  /** Of the initial weights: equal where runs start from the same ones, bit by bit. */
  readonly initialSha256: string;
  readonly pathLength: number | null;
  readonly sumSquaredSteps: number | null;
  /** Share of test examples classified right after training, 0 to 1; null without a test set. */
  readonly testAccuracy: number | null;
  /** The same on training images; by the labels given and by the true ones. */
  readonly trainAccuracy: { readonly given: number | null; readonly true: number | null } | null;
  /** Labels really changed by label corruption, as a share of all; null where the run does not tell. */
  readonly realisedRate: number | null;
  /** Label kinds trained on; null where the run does not tell. */
  readonly labelKinds: number | null;
  /** Steps taken, null where the run does not tell, and whether the training stopped because it fitted; null where that was not asked. */
  readonly steps: number | null;
  readonly fitted: boolean | null;
  /** Null without checkpoints along the way. */
  readonly curve: RunCurve | null;
  /** Mean loss over the last epoch's steps; null where the training diverged. */
  readonly trainingLoss: number | null;
  /** Mean loss over the first epoch's steps, and over the last ones', three at most, in order. */
  readonly losses: { readonly first: number | null; readonly last: readonly (number | null)[] };
  /** Further numbers that the experiment asks for, by name; null where one could not be read. */
  readonly metrics: Readonly<Record<string, number | null>>;
  /** Checkpoints along the way that were passed over: how many, and the first; null where none was. */
  readonly skipped: { readonly count: number; readonly first: SkippedFile } | null;
  /** Empty in experiments of thousands of runs. */
  readonly tensors: readonly TensorDistance[];
}

export interface TensorStatistics {
  readonly name: string;
  readonly shape: readonly number[];
  readonly distance: Statistics;
  readonly relativeDistance: Statistics | null;
}

/** Two runs of the same seeds: what of a distance is chance alone, as of threads and GPUs. Null where weights are not finite. */
export interface RepetitionFloor {
  /** Between the two runs' initial weights, and between their final ones. */
  readonly initial: number | null;
  readonly final: number | null;
  /** d(w_0, w_T) of each. */
  readonly distances: readonly [number | null, number | null];
}

/** `results.json`; `report --json` prints it with its levels as ReportLevel. */
export interface Results {
  readonly format: "weight-odometer results 7";
  readonly name: string;
  readonly model: string;
  readonly dataset: string;
  /** Of all runs, but for what the levels vary and for `stop` (Table 1). */
  readonly settings: RunSettings;
  /** The setting that differs between levels; null where nothing is varied. */
  readonly varied: Level["setting"] | null;
  /** How labels are corrupted where that is what varies: `settings` does not say. */
  readonly corruptionKind: "shuffle" | "uniform" | null;
  /** The most epochs of runs that stop when they fit, where others stop by steps: `settings` has theirs. */
  readonly fitEpochs: number | null;
  /** What the paper says of this model. */
  readonly paper: PaperValues | null;
  /** Finished runs. */
  readonly runs: number;
  /** Those of them whose weights are not finite: they are left out of the figures below. */
  readonly diverged: number;
  /** Runs that the experiment asks for. */
  readonly planned: number;
  /** Trainable parameters: what distances are of, but for `savedDistance`. */
  readonly parameters: number;
  /**
   * What trained the runs, the most frequent first. More than one: the same seeds would have given slightly other
   * weights elsewhere, so that the runs are of mixed kinds.
   */
  readonly engines: readonly { readonly engine: RunEngine; readonly runs: number }[];
  /**
   * Of the distances (Table 2); null where no run has a finite one, and where levels vary the labels or runs stop in two
   * ways, for a mean over unlike trainings means nothing: see `levels`.
   */
  readonly statistics: SampleStatistics | null;
  /** The same over all that is saved: see RunResult.savedDistance. */
  readonly savedStatistics: SampleStatistics | null;
  /** Null where `statistics` is. */
  readonly accuracy: Statistics | null;
  /** Distances along the runs; null where `statistics` is, and where no run kept checkpoints. */
  readonly curve: MeanCurve | null;
  /** Of the numbers that a command's runs tell, one for each; empty where there are none. */
  readonly metrics: readonly MetricResult[];
  /** Names what these were read from: where the experiment says something else, results are made anew. */
  readonly metricSources: string;
  /** Empty where `statistics` is null. */
  readonly tensorStatistics: readonly TensorStatistics[];
  readonly convergence: Convergence;
  /** First those that stop by steps, then those trained to fit, each in the experiment's order; empty where nothing is varied. */
  readonly levels: readonly LevelResult[];
  /** One for each way to stop (Figs. 6 and 7); empty where no labels are varied. */
  readonly trends: readonly LevelTrend[];
  /** What must hold of the runs, and whether it does. */
  readonly checks: readonly ExperimentCheck[];
  /** What must stand beside the figures. */
  readonly warnings: readonly FigureWarning[];
  /** Null until maps are made, which needs two runs that did not diverge. */
  readonly nearest: NearestCheck | null;
  /** For each initial state, once: the nearest of all final states (Fig. 3). Empty until maps are made. */
  readonly nearestStates: readonly NearestState[];
  /** Null where there are too few different initial states for a map of them. */
  readonly sphere: {
    readonly initial: SphereStatistics | null;
    readonly final: SphereStatistics;
  } | null;
  /** Are the directions of the points on the maps even (Fig. 1)? Empty where runs share initial weights, or are few. */
  readonly evenness: readonly Evenness[];
  /** Final states about the initial states that they share (Fig. 2); null where each run has its own. */
  readonly clusters: ScratchClusters | null;
  /** w_T - w_0 of runs against one another; null until maps are made. */
  readonly displacements: Displacements | null;
  /** Joint, initial and final maps by both methods; empty until they are made. */
  readonly maps: readonly WeightMap[];
  /** Runs on which all from `nearest` on is made: the first so many where there are very many; 0 until then. */
  readonly mapped: number;
  /** Runs among those to be mapped whose weights were removed: all from `nearest` on stays as it was made before. */
  readonly pruned: number;
  /** Whether not all of their first and last weights have the same tensors: nothing from `nearest` on is made then. */
  readonly unlike: boolean;
  /** Null where no run was repeated with its own seeds. */
  readonly floor: RepetitionFloor | null;
  readonly runResults: readonly RunResult[];
}
