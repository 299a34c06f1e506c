/** What the trajectory panel's page and its host say to each other. */
import type { Failure } from "./rpc";
import type { Trajectory } from "./trajectory";

/** What was found in a place where a trajectory may grow. */
export interface FoundSeries {
  /** Files that are checkpoints and have tensors in common. */
  readonly files: readonly string[];
  readonly skipped: Trajectory["skipped"];
}

/** What the panel shows: all of it, each time. */
export interface TrajectoryView {
  /** URIs of a folder or of several files, which the panel keeps in its state to be restored by; null in a report. */
  readonly uris: readonly string[] | null;
  /** Name of the folder, or of the files. */
  readonly name: string;
  readonly path: string;
  /** Whether a folder is watched, so that what is written to it will show. */
  readonly folder: boolean;
  /** Whether buffers and moving averages are measured too. */
  readonly all: boolean;
  readonly state: "measuring" | "watching" | "stopped" | "failed";
  readonly failure: Failure | null;
  /** The latest that was measured; null while there are fewer than two checkpoints. */
  readonly trajectory: Trajectory | null;
  /** Whether distances to the last checkpoint, which is new, are still to be measured: null in the trajectory. */
  readonly pending: boolean;
  /** Null until it was looked for the first time. */
  readonly found: FoundSeries | null;
}

export type ToTrajectoryPanel =
  | { readonly type: "view"; readonly view: TrajectoryView }
  /** A share from 0 to 1 of the measurement that runs. */
  | { readonly type: "progress"; readonly share: number };

export type FromTrajectoryPanel =
  | { readonly type: "ready" }
  | {
      readonly type: "action";
      readonly action: "again" | "stop" | "exportCsv" | "exportHtml";
    }
  | { readonly type: "all"; readonly all: boolean }
  /** The figures as a picture, base64. */
  | { readonly type: "exportPng"; readonly png: string };
