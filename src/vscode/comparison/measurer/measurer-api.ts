import type { Comparison } from "../../../protocol/comparison";
import type { FoundSeries } from "../../../protocol/trajectory-panel";
import type { Trajectory } from "../../../protocol/trajectory";

export interface CompareRequest {
  readonly a: string;
  readonly b: string;
  /** Buffers and moving averages too. */
  readonly all: boolean;
}

export interface Compared {
  readonly formatA: string;
  readonly formatB: string;
  readonly comparison: Comparison;
  /** In words, each a sentence. */
  readonly summary: readonly string[];
}

export interface SeriesRequest {
  /** One folder, or several checkpoints. */
  readonly paths: readonly string[];
}

export interface TrajectoryRequest extends SeriesRequest {
  readonly all: boolean;
  /** Whether files that were measured before are read again for their distances to the last, where that is a new one. */
  readonly toLast: boolean;
}

export interface MeasuredSeries extends FoundSeries {
  /** Null where there are fewer than two checkpoints. */
  readonly trajectory: Trajectory | null;
  /** Whether its distances to the last are still unknown, because `toLast` was false. */
  readonly pending: boolean;
  /** What lay there when it was measured; see `whenChanged`. */
  readonly signature: string;
}

export interface ChangeRequest extends SeriesRequest {
  readonly signature: string;
  /** Milliseconds after which it answers all the same; null for never. */
  readonly within: number | null;
}

/** What the measurer's process does. */
export interface MeasurerApi {
  compare(request: CompareRequest): Compared;
  trajectory(request: TrajectoryRequest): MeasuredSeries;
  /** Answers once something else lies there than the signature says, and has stopped changing. */
  whenChanged(request: ChangeRequest): null;
}
