import type { SampleStatistics } from "./results";

/** One of the user's numbers along the training: its mean and deviation over runs, at each place. */
export interface MetricCurve {
  /** What `at` counts: steps (or epochs) as the source tells them, or values in their order where it tells none. */
  readonly axis: "step" | "value";
  /** Rising; of an interpolated curve the mean over runs. */
  readonly at: readonly number[];
  readonly mean: readonly number[];
  /** Over n - 1; null with one run. */
  readonly std: readonly number[] | null;
  /** Runs that it is the mean of. */
  readonly runs: number;
  /** As MeanCurve's: runs of different places are each read at equal shares of their own length. */
  readonly interpolated: boolean;
}

/** What one of the user's own numbers comes to over the runs that did not diverge. */
export interface MetricResult {
  /** As the experiment file calls it. */
  readonly name: string;
  /** A row of Table 2; null where no run tells it, and wherever `Results.statistics` is null. */
  readonly statistics: SampleStatistics | null;
  /** Of each of `Results.levels`, in their order. */
  readonly levels: readonly (SampleStatistics | null)[];
  /** Spearman's rho with the distance over all runs that tell it; null with fewer than three, or where one side is constant. */
  readonly rhoWithDistance: number | null;
  /** Runs that do not tell it. */
  readonly missing: number;
  /** Why, of the first thousand runs, the most frequent first: a clause, and how many runs say so. */
  readonly problems: readonly { readonly problem: string; readonly runs: number }[];
  /** Over the first thousand runs; null where `statistics` is, or no run tells more than one value. */
  readonly curve: MetricCurve | null;
  /** Of each of `Results.levels`, in their order. */
  readonly levelCurves: readonly (MetricCurve | null)[];
}
