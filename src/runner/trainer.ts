import type { DataLocation } from "../experiment/data-location";
import type { CommandProgress } from "../protocol/command";
import type { RunEngine, RunOutcome, RunSettings } from "../protocol/run";
import type { RunSeeds } from "../protocol/results";
import type { TrainerMessage, TrainingPace } from "../protocol/trainer";

/** How a run under way ended. */
export type TrainingEnd =
  | ({ readonly type: "finished"; readonly outcome: RunOutcome } & RunTime)
  | Extract<TrainerMessage, { type: "failed" }>
  /** What trained it died: a crash, or kill. */
  | { readonly type: "died"; readonly message: string };

/** How long a run took. */
export interface RunTime {
  readonly seconds: number;
  /** Null where what trained does not tell. */
  readonly pace: TrainingPace | null;
}

export interface TrainingRequest {
  readonly settings: RunSettings;
  readonly seeds: RunSeeds;
  readonly data: DataLocation;
  /** The run's own folder; it exists. */
  readonly directory: string;
  /** 0 for the first attempt; a later one finds in its folder what the one before left, where the trainer resumes. */
  readonly attempt: number;
}

/** What a run under way says of itself. */
export type RunProgress = Extract<TrainerMessage, { type: "progress" }> | CommandProgress;

/** What executes runs, one after the other: a process that trains a built-in model, or the user's own command. */
export interface Trainer {
  /** Whether a run that did not end well goes on in the folder that it left. */
  readonly resumes: boolean;
  /** Trains one run; resolves when it has ended, however. */
  train(
    request: TrainingRequest,
    onProgress: (progress: RunProgress) => void,
  ): Promise<TrainingEnd>;
  tell(request: { readonly type: "pause" | "resume" }): void;
  /** Ends it with all it started, and waits until it is gone. */
  stop(): Promise<void>;
}

export interface StartedTrainer {
  readonly trainer: Trainer;
  readonly engine: RunEngine;
  /** Of a checkpoint; null where nobody knows before there is one. */
  readonly weightBytes: number | null;
}

/**
 * Starts a trainer for runs of some settings, and tells the engine that it computes with.
 * @param slot which of the trainers side by side it is, from 0
 * @throws Error with the trainer's own words where it cannot
 */
export type StartTrainer = (
  settings: RunSettings,
  data: DataLocation,
  slot: number,
) => Promise<StartedTrainer>;
