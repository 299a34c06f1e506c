import type { Level, RunPlace, SampleStatistics, Statistics } from "./results";
import type { RankCorrelation, TrendTest } from "./statistics";

/** What experiments over label fractions and label corruption give (Figs. 6 and 7). Plain data only. */

/** One point of a mean curve, over the repeats of a level. */
export interface CurvePoint {
  /** Steps taken; of an interpolated curve their mean. */
  readonly step: number;
  /** d(w_t, w_T); at step 0 the intercept d(w_0, w_T). */
  readonly toFinal: Statistics;
  /** d(w_0, w_t) */
  readonly fromInitial: Statistics;
}

/** Distances along the runs of a level, the mean and the deviation over repeats (Figs. 6 and 7). */
export interface MeanCurve {
  readonly points: readonly CurvePoint[];
  /** Runs that it is the mean of: those with checkpoints that did not diverge. */
  readonly runs: number;
  /**
   * False where all have the same steps. True where they do not, as when trained to fit: each run is then read at equal
   * shares of its own length, linearly between its checkpoints.
   */
  readonly interpolated: boolean;
}

/** What the runs of one level gave; those that diverged are counted but left out. */
export interface LevelResult {
  readonly level: Level;
  readonly stop: RunPlace["stop"];
  /** Finished runs; those of them that diverged; those that did not converge by Convergence's criterion. */
  readonly runs: number;
  readonly diverged: number;
  readonly unconverged: number;
  /** d(w_0, w_T), the intercept of the curve: its mean, deviation and 95 % interval over repeats. */
  readonly distance: SampleStatistics | null;
  /** The same without runs that did not converge. */
  readonly convergedDistance: SampleStatistics | null;
  /** The same over all that is saved: see RunResult.savedDistance. */
  readonly savedDistance: SampleStatistics | null;
  readonly testAccuracy: Statistics | null;
  /** By the labels given, corrupted or not. */
  readonly trainAccuracy: Statistics | null;
  /** Share of the labels that corruption really changed. */
  readonly realisedRate: Statistics | null;
  readonly steps: Statistics | null;
  /** Label kinds trained on; null where runs do not tell. */
  readonly labelKinds: number | null;
  /** Null where no run kept checkpoints. */
  readonly curve: MeanCurve | null;
}

/** What a trend says; "none" where neither direction is significant. */
export type TrendVerdict = TrendTest["direction"] | "none";

/**
 * The paper's two assumptions on label corruption (section "Application"): "more-complex", the first, that corruption makes
 * the relationship of data and labels more complex, so that a network accumulates more; "conflicting", the second, that
 * corrupted labels contradict one another, so that it accumulates less.
 */
export type CorruptionAssumption = "more-complex" | "conflicting";

/** A trend's tests, and the repeats they are of. */
export interface TestedTrend {
  /** Repeats with a finite distance at every level: those tested. */
  readonly repeats: number;
  /** Page's test for each direction; null without a complete repeat. With one it is Spearman's, one-sided. */
  readonly rising: TrendTest | null;
  readonly falling: TrendTest | null;
  /** Of the levels' mean distances (over complete repeats) with their values, exact up to 14 levels. */
  readonly spearman: RankCorrelation | null;
  /** The direction whose one-sided p is at most the trend's `significance`. */
  readonly verdict: TrendVerdict;
}

/** Whether distances rise or fall over levels, repeats being the units: Fig. 6's claim, or Fig. 7's, tested. */
export interface LevelTrend extends TestedTrend {
  readonly figure: "fig-6" | "fig-7";
  readonly stop: RunPlace["stop"];
  /**
   * Fig. 6: rising with the label fraction. Fig. 7: falling with corruption at fixed steps, as the paper has it; rising
   * where trained to fit, which the paper did not do (Nagarajan and Kolter 2019).
   */
  readonly expected: TrendTest["direction"];
  /** Whether that expectation is the paper's. */
  readonly expectedByPaper: boolean;
  /** Levels in rising order of their values. */
  readonly levels: readonly number[];
  /** Repeats that lack one. */
  readonly incompleteRepeats: number;
  /** One repeat only: chance alone orders a few networks now and then. */
  readonly weak: boolean;
  /** 0.025: both directions are tested, together at 0.05. */
  readonly significance: number;
  /**
   * Fig. 7 alone: which assumption a rising or falling trend supports; null where there is none, of Fig. 6, and where most
   * runs that were to fit did not.
   */
  readonly supports: CorruptionAssumption | null;
  /** The same of repeats alone whose runs all converged; null where all runs did. */
  readonly converged: TestedTrend | null;
}

interface ReportLevelFigures {
  readonly stop: RunPlace["stop"];
  readonly runs: number;
  /** Mean of d(w_0, w_T) over the level's runs that did not diverge; null where there are none. */
  readonly distance: number | null;
  /** Over n - 1; null where n < 2. */
  readonly std: number | null;
  /** Mean share of labels really changed by corruption; null where runs do not tell. */
  readonly realisedRate: number | null;
}

/** A level as `report --json` prints it: the setting's name is the key of its value, and means stand alone. */
export type ReportLevel = Omit<LevelResult, keyof ReportLevelFigures | "level"> &
  ReportLevelFigures & {
    readonly labelFraction?: number;
    readonly labelCorruption?: number;
    readonly initialWeights?: number;
    /** What `distance` and `std` are taken from. */
    readonly distances: SampleStatistics | null;
  };
