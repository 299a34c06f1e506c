import type { MapMethod, StateName, WeightMap } from "./results";

/** What initial and final states of many runs say together (Figs. 1 to 3). Plain data only. */

/** A statistic against what chance gives. */
export interface MonteCarloTest {
  readonly statistic: number;
  /** Mean over the draws, and the value that 95 % of them stay below. */
  readonly chanceMean: number;
  readonly chance95: number;
  /** (1 + draws as large) / (1 + draws): one-sided, for unevenness. */
  readonly p: number;
}

/**
 * Do the points of a 3-D map lie evenly in all directions from their centroid, as Fig. 1 says? Tested by Monte Carlo:
 * as many fresh random initialisations go through the same pipeline (distances, map, statistic). Of u_i, the unit vectors
 * from the centroid to the points:
 * - `resultant`: |mean of u_i|, 0 where they balance (Rayleigh's statistic);
 * - `anisotropy`: largest less smallest eigenvalue of mean u_i u_i', 0 where no axis is preferred.
 * A fresh initialisation is drawn as a point of a space of fewer dimensions whose scalar products are distributed as those of
 * the initial weights: their variance and kurtosis by tensor decide them, measured on initial weights of the runs (Bartlett's
 * decomposition of a Wishart matrix, of Σ P_t σ_t² squared over Σ P_t σ_t⁴ degrees of freedom).
 */
export interface Evenness {
  readonly state: StateName;
  readonly method: MapMethod;
  readonly resultant: MonteCarloTest;
  readonly anisotropy: MonteCarloTest;
  /** States mapped: the first so many. */
  readonly states: number;
  readonly draws: number;
  readonly seed: number;
}

/** Final states by the initial state ("scratch") that they started from (Experiment 2, Fig. 2); full-space distances. */
export interface ScratchClusters {
  /** Different initial states, and final states that started from them. */
  readonly scratches: number;
  readonly finals: number;
  /** Mean silhouette of the final states, in clusters by their scratch: 1 apart, 0 mixed. Null with one scratch. */
  readonly silhouette: number | null;
  /** Final states whose own scratch is the nearest of all scratches. */
  readonly nearOwn: number;
  /** Smallest ratio of the distance to another scratch to that to the own one; null with one scratch. */
  readonly margin: number | null;
  /** Mean distance between final states of one scratch, and of different ones; null where there are no such pairs. */
  readonly within: number | null;
  readonly between: number | null;
}

/** d_X'(x) of Fig. 3: an initial state and the nearest of all final states. */
export interface NearestState {
  /** Run of the initial state; the first of those that share it. */
  readonly run: number;
  /** Run of the nearest final state. */
  readonly nearest: number;
  readonly distance: number;
}

/** Values counted in equal bins from `from` to `to`. */
export interface Histogram {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
}

/**
 * Cosines of the angles between the displacements w_T - w_0 of each two runs. Displacements of independent directions have
 * cosines about 0, the nearer the more dimensions they move in; what all runs learn alike makes them positive.
 */
export interface DisplacementCosines {
  readonly runs: number;
  readonly pairs: number;
  readonly mean: number;
  /** Over n - 1; null with one pair. */
  readonly std: number | null;
  /** From the smallest to the largest cosine. */
  readonly histogram: Histogram;
}

/** A map of displacements: each run's w_T - w_0 as one point. */
export interface DisplacementMap extends Omit<WeightMap, "states" | "points"> {
  readonly states: "displacements";
  readonly points: readonly { readonly run: number; readonly position: readonly number[] }[];
}

/** Displacements of many runs: their directions against one another, and where they lie. */
export interface Displacements extends DisplacementCosines {
  /** By both methods. */
  readonly maps: readonly DisplacementMap[];
}
