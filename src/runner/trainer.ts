import type { DataLocation } from "../experiment/data-location";
import type {
  EngineDescription,
  TrainerMessage,
  TrainerRequest,
  TrainingSettings,
} from "../protocol/trainer";

/** How a run under way ended. */
export type TrainingEnd =
  | Extract<TrainerMessage, { type: "finished" | "failed" }>
  /** What trained it died: a crash, or kill. */
  | { readonly type: "died"; readonly message: string };

/** How long a run took. */
export type RunTime = Pick<Extract<TrainerMessage, { type: "finished" }>, "seconds" | "pace">;

export type TrainingRequest = Omit<Extract<TrainerRequest, { type: "train" }>, "type">;
export type TrainingProgress = Extract<TrainerMessage, { type: "progress" }>;

/** What executes runs, one after the other: a process of ours that trains a built-in model. */
export interface Trainer {
  /** Trains one run; resolves when it has ended, however. */
  train(
    request: TrainingRequest,
    onProgress: (progress: TrainingProgress) => void,
  ): Promise<TrainingEnd>;
  tell(request: { readonly type: "pause" | "resume" }): void;
  /** Ends it with all it started, and waits until it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts a trainer for runs of some settings, and tells the engine that it computes with.
 * @throws Error with the trainer's own words where it cannot
 */
export type StartTrainer = (
  settings: TrainingSettings,
  data: DataLocation,
) => Promise<{ readonly trainer: Trainer; readonly engine: EngineDescription }>;
