/**
 * What `trajectory --json` prints and a trajectory view draws. Plain data only. Distances are Euclidean (L2), over the
 * float tensors that all checkpoints w_0 … w_T of a series have in common, accumulated in float64; null where a value is
 * infinite or NaN, or the squares overflow.
 */

/** Distances of one checkpoint w_t, of all tensors together. */
export interface TrajectoryPoint {
  /** Step number in its name; null where the name carries none that orders the series. */
  readonly step: number | null;
  /** Path as it was given or found. */
  readonly file: string;
  /** When it was last written, ISO 8601. */
  readonly modified: string;
  /** d(w_0, w_t) */
  readonly fromFirst: number | null;
  /** d(w_t, w_T); null too while the last checkpoint is not known, and for one that vanished before it was. */
  readonly toLast: number | null;
  /** d(w_{t-1}, w_t); null for the first. */
  readonly fromPrevious: number | null;
  /** |w_t| */
  readonly norm: number | null;
}

/** How far the series went, and how directly. */
export interface TrajectoryPath {
  /** Sum of d(w_{t-1}, w_t): a lower bound of the way that training took between the checkpoints. */
  readonly pathLength: number | null;
  /** d(w_0, w_T) */
  readonly netDistance: number | null;
  /** Path length over net distance: 1 for a straight line; null where the net distance is 0 or null. */
  readonly pathRatio: number | null;
}

/** One tensor's distances, one entry for each step, as in TrajectoryPoint. */
export interface TrajectoryTensor extends TrajectoryPath {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly fromFirst: readonly (number | null)[];
  readonly toLast: readonly (number | null)[];
  readonly fromPrevious: readonly (number | null)[];
}

/** A tensor that some checkpoints lack, or have with another shape or as integers: it is left out everywhere. */
export interface UnmatchedTensor {
  readonly name: string;
  /** Checkpoints that hold it; the others do not, or not alike. */
  readonly files: readonly string[];
  /** Why one that has it cannot be counted, such as "has another shape in 2.npz"; null where it is merely missing. */
  readonly reason: string | null;
}

/** How the series was put in order: by step numbers in names, by time of last change, or as given. */
export type TrajectoryOrder = "step" | "time" | "given";

/** `trajectory --json`. */
export interface Trajectory extends TrajectoryPath {
  readonly steps: readonly TrajectoryPoint[];
  readonly tensors: readonly TrajectoryTensor[];
  readonly order: TrajectoryOrder;
  /** Elements of the tensors compared. */
  readonly parameters: number;
  readonly unmatched: readonly UnmatchedTensor[];
  /** Files that look like checkpoints but are not part of the series, and why. */
  readonly skipped: readonly { readonly file: string; readonly reason: string }[];
  /** Prefixes that were taken off names so that they match, such as "module.". */
  readonly strippedPrefixes: readonly string[];
}

/** One line of `trajectory --watch --json`; the last line is a whole Trajectory. */
export interface WatchedPoint extends TrajectoryPoint {
  /** Elements compared: fewer than before where this checkpoint lacks tensors of the first. */
  readonly parameters: number;
}
