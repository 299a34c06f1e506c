import type { RunSeeds } from "../protocol/results";
import type { TrainingSettings } from "../protocol/trainer";
import type { Dataset } from "./datasets/dataset";
import type { ModelDefinition } from "./models";

export interface Progress {
  /** Epoch under way, from 1. */
  readonly epoch: number;
  /** Steps done, of all epochs. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Images of this step. */
  readonly images: number;
  /** After the last whole epoch, on the first few test images; null before. */
  readonly accuracy: number | null;
}

export interface RunTask {
  readonly model: ModelDefinition;
  readonly settings: TrainingSettings;
  readonly seeds: RunSeeds;
  readonly dataset: Dataset;
  /** Where initial.safetensors, final.safetensors and checkpoints are written. */
  readonly directory: string;
  /** Called after each step; the training waits for it, so it can pause. */
  readonly afterStep: (progress: Progress) => Promise<void> | void;
}
