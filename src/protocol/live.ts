import type { CommandProgress } from "./command";

/** Live state of a running experiment: a complete snapshot each time, never a delta. */

export type LiveRun = { readonly run: number; readonly key: string } & (
  | { readonly state: "queued" }
  | {
      readonly state: "running";
      readonly kind?: undefined;
      readonly epoch: number;
      readonly epochs: number;
      readonly step: number;
      readonly steps: number;
      /** Loss of the latest step reported. */
      readonly loss: number;
      readonly imagesPerSecond: number | null;
      /** After the last whole epoch, on the first few test images; null before. */
      readonly accuracy: number | null;
    }
  | ({ readonly state: "running" } & Omit<CommandProgress, "type">)
  | {
      readonly state: "finished";
      /** Null where the training diverged. */
      readonly distance: number | null;
      readonly testAccuracy: number | null;
      readonly seconds: number | null;
      /** Steps taken; null, or left out by older versions, where nobody tells. */
      readonly steps?: number | null;
    }
  | { readonly state: "failed"; readonly message: string }
);

/** Runs to come need more room than the disk has. Whoever looks is asked what to do (see src/runner/requests.ts). */
export interface RoomShortage {
  readonly runs: number;
  /** Bytes, as `needIfFinal` and `free`. */
  readonly need: number;
  /** The same with the first and the last weights only; null where that is what stays anyway. */
  readonly needIfFinal: number | null;
  readonly free: number;
  /** Where it is needed. */
  readonly root: string;
  /** What it is judged by: weights that are known before a run is finished, or finished runs. */
  readonly basis: "weights" | "runs";
}

export type LiveState =
  "running" | "paused" | "cancelling" | "analysing" | "done" | "failed" | "cancelled";

/** `live.json`: written by the scheduler, aside and renamed, a few times a second. */
export interface LiveSnapshot {
  readonly format: "weight-odometer live 1";
  readonly name: string;
  readonly state: LiveState;
  /** What went wrong, in a sentence, where state is failed. */
  readonly message: string | null;
  /** Where the runs are and what they wait for, in a line; null where that goes without saying. */
  readonly place: string | null;
  /** What somebody is to decide before anything further is begun; null, or left out by older versions, for nothing. */
  readonly shortage?: RoomShortage | null;
  /** The process that writes this (see src/experiment/process-owner.ts). */
  readonly scheduler: { readonly pid: number; readonly host: string; readonly started: string };
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly secondsLeft: number | null;
  readonly runs: readonly LiveRun[];
}
