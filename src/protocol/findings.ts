import type { SampleStatistics } from "./results";

/** What must be said beside an experiment's figures: checks, convergence, warnings. Plain data only. */

/** The paper's figures and tables, as results are drawn. */
export type PaperFigure =
  | "fig-1"
  | "fig-2"
  | "fig-3"
  | "fig-4"
  | "fig-5"
  | "fig-6"
  | "fig-7"
  | "table-1"
  | "table-2"
  | "table-3";

/**
 * Something that must hold of the runs for a figure to mean what it says, verified from the runs themselves:
 * - "shared-initial-weights": runs with one seed of initial weights start from the same bytes (Experiments 2 and 4, and
 *   levels within a repeat);
 * - "own-initial-weights": runs with different seeds of them start from different bytes;
 * - "paired-seeds": initial weights, order and dropout are the same at every level of a repeat;
 * - "paired-order": order and dropout are, where the initial weights are what is varied;
 * - "equal-steps": all runs that stop by steps took as many.
 */
export interface ExperimentCheck {
  readonly check:
    | "shared-initial-weights"
    | "own-initial-weights"
    | "paired-seeds"
    | "paired-order"
    | "equal-steps";
  readonly holds: boolean;
  /** Runs looked at. */
  readonly runs: number;
  /** Indices of runs that break it, the first 20; empty where it holds. */
  readonly broken: readonly number[];
}

/**
 * Why a run counts as not converged; losses are means over an epoch:
 * - "diverged": its weights are not finite;
 * - "exploded": its weights are `farthest` times as far from the initial ones as these are long, or more;
 * - "not-fitted": it was to train until it fits and came to its last epoch before;
 * - "still-falling": the loss of its last epoch lies below the one before by more than `fallShare` of the first epoch's;
 * - "rising": the loss of its last epoch lies above the lowest of the two before by more than `riseShare` of the first's.
 * Runs of one epoch are not judged by their losses.
 */
export type ConvergenceFailure =
  "diverged" | "exploded" | "not-fitted" | "still-falling" | "rising";

/** Which runs did not converge, by a stated criterion, and what is left without them. */
export interface Convergence {
  readonly criterion: {
    readonly fallShare: number;
    readonly riseShare: number;
    readonly farthest: number;
  };
  readonly unconverged: readonly { readonly run: number; readonly why: ConvergenceFailure }[];
  /** Of the distances of converged runs (Table 2 without the others); null where none is left or Results.statistics is. */
  readonly statistics: SampleStatistics | null;
}

/**
 * What must stand where a figure is:
 * - "ordinal": distance is ordinal, within one model and configuration, and never bits;
 * - "configuration": it depends on learning rate, steps and input scaling;
 * - "permutable-units": hidden units can be permuted without changing the function, so that far apart is not different;
 * - "small-cv": a small c_v is no evidence of information: of many parameters nearly any sum varies little;
 * - "steps-not-fit": a lower distance at fixed steps may only mean slower fitting;
 * - "one-class": a single label kind was trained on (`levels`), which any constant answers;
 * - "two-class": the task has two label kinds, so that most label fractions mean the same;
 * - "one-repeat": each level was trained once: no deviation, and a weak test;
 * - "few-repeats": fewer than five repeats;
 * - "incomplete": runs are still missing;
 * - "diverged": runs (`runs`) whose weights are not finite are left out;
 * - "unconverged": runs (`runs`) did not converge: see Convergence;
 * - "not-fitted": runs (`runs`) that were to fit did not within their epochs;
 * - "mixed-engines": trained on several kinds of CPU or engine, whose rounding differs;
 * - "check-failed": a check of Results.checks does not hold;
 * - "pruned": weights were removed once distances were computed, so that maps stay as they were made of earlier runs;
 * - "part-mapped": maps and what goes with them are of the first runs only;
 * - "unlike-states": not all first and last weights have the same tensors, so that there are no maps;
 * - "interpolated": curves of runs of different length are read at equal shares of each;
 * - "skipped": runs (`runs`) have checkpoints along the way that were passed over, such as `example`;
 * - "realised-rate": corruption changed clearly fewer labels than were chosen, as some were given their own again;
 * - "moving-averages": all that is saved moved much further than the trainable weights, by batch norm's averages.
 */
export type WarningCode =
  | "ordinal"
  | "configuration"
  | "permutable-units"
  | "small-cv"
  | "steps-not-fit"
  | "one-class"
  | "two-class"
  | "one-repeat"
  | "few-repeats"
  | "incomplete"
  | "diverged"
  | "unconverged"
  | "not-fitted"
  | "mixed-engines"
  | "check-failed"
  | "part-mapped"
  | "pruned"
  | "unlike-states"
  | "interpolated"
  | "skipped"
  | "realised-rate"
  | "moving-averages";

/** A warning and the figures that it belongs to. */
export interface FigureWarning {
  readonly code: WarningCode;
  readonly figures: readonly PaperFigure[];
  /** Values of the levels that it is of, where it is not of all. */
  readonly levels?: readonly number[];
  /** How many runs it is of, where that can be told. */
  readonly runs?: number;
  /** One of what it is of, in words. */
  readonly example?: string;
}
