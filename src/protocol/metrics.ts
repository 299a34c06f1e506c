import type { SampleStatistics } from "./results";

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
}
