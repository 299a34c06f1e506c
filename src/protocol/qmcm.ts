/**
 * Results of the paper's quasi-Monte Carlo method (QMCM): what `qmcm simulate --json` and `qmcm estimate --json` print
 * and their figures draw. Plain data only. Distances are Euclidean, in float64.
 */
import type { Statistics } from "./results";

/** Distances counted in equal bins from the smallest to the largest, beside the normal distribution fitted to them. */
export interface DistanceHistogram {
  /** Smallest distance, where the first bin begins. */
  readonly from: number;
  /** Largest distance, where the last bin ends. */
  readonly to: number;
  /** Distances in each bin; the last holds the largest too. */
  readonly counts: readonly number[];
  /** What the normal distribution of the same mean and standard deviation, cut off at both ends, would have there. */
  readonly expected: readonly number[];
}

/** Shortest distances of some queries, and how far from normal they are (Fig. 4). */
export interface ShortestDistances {
  readonly mean: number;
  /** Over n - 1; null with one distance. */
  readonly std: number | null;
  /** Coefficient of variation std / mean, as a ratio (the paper's c_v); null with one distance. */
  readonly cv: number | null;
  /** Eq. 3, in nats, of the histogram against the fitted normal; null where all distances are equal. */
  readonly klDivergence: number | null;
  /** Null where all distances are equal. */
  readonly histogram: DistanceHistogram | null;
}

/** KL divergence (Eq. 3) that true normal samples have, for their number is finite: their mean, and 95 % lie between. */
export interface DivergenceFloor {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** One share r of stored points in a sweep (a point of Fig. 5). */
export interface SweepLevel {
  /** r = |X'| / |X| */
  readonly ratio: number;
  /** |X'| */
  readonly stored: number;
  /** Number of points whose shortest distances were taken. */
  readonly queries: number;
  readonly mean: number;
  readonly std: number | null;
  readonly klDivergence: number | null;
  /** Of normal samples of as many numbers as there are queries. */
  readonly floor: DivergenceFloor;
}

/** Fig. 5, and the same with as many queries at each r. */
export interface QmcmSweep {
  /** Queries are X - X', as in the paper: the fewer, the larger r. */
  readonly remaining: readonly SweepLevel[];
  /** Queries are the same points at each r, as many as X has and drawn as X was, but not in X. */
  readonly fresh: readonly SweepLevel[];
}

/** `qmcm simulate --json`: the section "The distribution of element-wised shortest distance". */
export interface QmcmSimulation extends ShortestDistances {
  readonly format: "weight-odometer qmcm simulation 1";
  /** |X| */
  readonly points: number;
  readonly dimensions: number;
  /** r, as asked for. */
  readonly ratio: number;
  /** |X'| = r |X|, rounded. */
  readonly stored: number;
  /** |X - X'| */
  readonly queries: number;
  readonly seed: number;
  /** Of normal samples of as many numbers as there are queries. */
  readonly floor: DivergenceFloor;
  /** Where it was asked for. */
  readonly sweep?: QmcmSweep;
}

/** A state taken out by Algorithm 2, in order. */
export interface QmcmRemoval {
  /** Index of the run in the experiment. */
  readonly run: number;
  readonly distance: number;
  /** c_v of the sample that it was taken out of, as a ratio. */
  readonly cv: number;
}

/** `qmcm estimate --json`: Algorithm 2 over the runs of an experiment. */
export interface QmcmEstimate {
  readonly format: "weight-odometer qmcm estimate 1";
  /** t, a ratio. */
  readonly threshold: number;
  /** n, as asked for. */
  readonly samples: number;
  /** Runs to draw from. */
  readonly pool: number;
  readonly seed: number;
  /** Whether c_v ≤ t at the end; false where the pool was used up first. */
  readonly reached: boolean;
  readonly removals: readonly QmcmRemoval[];
  /** Of the first n samples, nothing taken out. */
  readonly plain: Statistics;
  /** Of the samples at the end: its mean is the algorithm's output. */
  readonly trimmed: Statistics;
  /** Runs whose own final state is not the nearest of all to their initial state, in the pool. */
  readonly nearestIsOther: number;
}

/** What the page of the quasi-Monte Carlo method shows; `sentences` say what it means, in plain words. */
export type QmcmView =
  | {
      readonly kind: "simulation";
      readonly simulation: QmcmSimulation;
      readonly sentences: readonly string[];
    }
  | {
      readonly kind: "estimate";
      /** Of the experiment. */
      readonly name: string;
      readonly estimate: QmcmEstimate;
      readonly sentences: readonly string[];
    };

export interface ToQmcm {
  readonly type: "view";
  readonly view: QmcmView;
}

export type FromQmcm =
  { readonly type: "ready" } | { readonly type: "action"; readonly action: "exportHtml" };
