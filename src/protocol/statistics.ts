/** Spearman's rank correlation of pairs of values. */
export interface RankCorrelation {
  /** -1 to 1. */
  readonly rho: number;
  /** Two-sided, against independence. */
  readonly p: number;
  readonly count: number;
  readonly method: "exact" | "random orders";
}

/** Page's test for a trend over ordered levels. */
export interface TrendTest {
  readonly direction: "rising" | "falling";
  /** Page's L: Σ level * sum of the level's ranks over repeats; of a falling trend with levels in reverse. */
  readonly statistic: number;
  /** One-sided, for the direction; the other direction's is about 1 - p. */
  readonly p: number;
  readonly repeats: number;
  readonly levels: number;
  readonly method: "exact" | "normal approximation";
}

/** Where a mean lies, by Student's t. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Such as 0.95. */
  readonly confidence: number;
}
