import type { PaperRemark, PaperValues } from "./paper";
import type { SampleStatistics } from "./results";
import type { RankCorrelation } from "./statistics";

/** What `compare --json` prints and a table of experiments draws (Table 3). Plain data only. */

/**
 * What a distance is divided by:
 * - "none": nothing, as in the paper;
 * - "initial-norm": |w_0|;
 * - "parameters": the square root of the number of trainable parameters;
 * - "path-length": the sum of the lengths of all steps;
 * - "random-walk": the root of the sum of their squares, at about which a random walk of these steps ends.
 */
export type Normalisation = "none" | "initial-norm" | "parameters" | "path-length" | "random-walk";

export interface ComparedExperiment {
  readonly directory: string;
  readonly name: string;
  readonly model: string;
  readonly dataset: string;
  /** Finished runs, and those of them that diverged. */
  readonly runs: number;
  readonly diverged: number;
  readonly parameters: number;
  /** How many runs, their seeds and what was counted, in words. */
  readonly sample: string;
  /** Of d(w_0, w_T) divided by each, run by run; null where a divisor is unknown or 0, or runs are of several levels. */
  readonly distance: Readonly<Record<Normalisation, SampleStatistics | null>>;
  /** Over all that is saved, moving averages too: see RunResult.savedDistance. Null where `distance` is. */
  readonly savedDistance: SampleStatistics | null;
  /** What the paper says of the model (Tables 2 and 3); null of one that is not the paper's. */
  readonly paper: PaperValues | null;
}

/** A model of Table 3. */
export type RankedModel = Pick<PaperValues, "model" | "title" | "rank">;

/** A setting in which experiments differ, as a dotted path such as "train.learningRate", and what each of them has. */
export interface SettingDifference {
  readonly setting: string;
  /** In the order of the experiments; JSON values, null where one does not have the setting. */
  readonly values: readonly unknown[];
}

/** The order of models by distance against Table 3's expected one, under one normalisation. */
export interface ModelRanking {
  readonly normalisation: Normalisation;
  /** Experiments by rising mean distance: their places in `experiments`; those without one are left out. */
  readonly order: readonly number[];
  /** With the expected order, exact and two-sided; null with fewer than two models of Table 3. */
  readonly correlation: RankCorrelation | null;
}

/** `compare --json`. */
export interface ExperimentComparison {
  readonly format: "weight-odometer experiment comparison 1";
  readonly experiments: readonly ComparedExperiment[];
  /** Settings that differ; how many runs there are, their seeds, and checkpoints along the way are not among them. */
  readonly differences: readonly SettingDifference[];
  /**
   * The one setting that differs; null where none does, or several: then a difference in distance has no single cause,
   * and the experiments are not compared.
   */
  readonly varied: string | null;
  readonly comparable: boolean;
  /** Between models (Table 3), where experiments are of different ones; empty else. */
  readonly rankings: readonly ModelRanking[];
  /** Table 3, in the expected order. */
  readonly paperOrder: readonly RankedModel[];
  /** What in the paper does not fit together, of all its models. */
  readonly paperRemarks: readonly { readonly title: string; readonly remark: PaperRemark }[];
  /** The paper's own orders, actual against expected: rho 0.64, p = 0.14. */
  readonly paperRanking: RankCorrelation;
  /**
   * Several normalisations were tried on the same data: to report only the one that agrees best is selection, and
   * its p does not hold. Holm's correction over those tried, in the order of `rankings`; null where there is no p.
   */
  readonly selection: {
    readonly tried: number;
    readonly adjustedP: readonly (number | null)[];
  };
}

/** What the page of a comparison is given: all of it, each time. */
export interface ExperimentComparisonView {
  /** URIs of the experiment files, which the page keeps in its state to be restored by; null in an export. */
  readonly experiments: readonly string[] | null;
  readonly comparison: ExperimentComparison;
}

export type ToExperimentComparison = {
  readonly type: "view";
  readonly view: ExperimentComparisonView;
};

export type FromExperimentComparison =
  { readonly type: "ready" } | { readonly type: "action"; readonly action: "exportHtml" };
