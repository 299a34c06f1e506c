import type { RunSeeds } from "./results";

/** What decides a run's bytes, beside the data: hashed into the run's key. */
export interface TrainingSettings {
  readonly model: string;
  readonly dataset: string;
  /** Use only this many training images, the first ones; null for all. */
  readonly trainingImages: number | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
}

/** How a step's gradients change the weights; the learning rate is given with each step. */
export type OptimizerSettings =
  | { readonly name: "sgd" }
  | { readonly name: "momentum"; readonly momentum: number; readonly nesterov?: boolean }
  | {
      readonly name: "adam";
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
    };

/** The engine a trainer computes with; part of a run's key, since it decides the bytes. */
export interface EngineDescription {
  readonly name: "onnxruntime" | "tfjs-cpu";
  readonly version: string;
  /** How steps are lowered: nchwc blocks of 8 or 16 channels, or plain NCHW. */
  readonly lowering: "nchwc8" | "nchwc16" | "plain" | "none";
  /** Vector instruction set of the CPU kernels, such as "avx2" or "avx512". */
  readonly kernelLevel: string;
  readonly threads: number;
}

/** What a training gave, beside its weights. Nothing of it depends on when or where it ran. */
export interface TrainingOutcome {
  readonly parameters: number;
  readonly steps: number;
  /** Mean loss over each epoch's steps; null once it is not finite. */
  readonly epochLosses: readonly (number | null)[];
  /** Share of test examples classified right after training; null without a test set. */
  readonly testAccuracy: number | null;
  /** Sum over steps of the norm of the whole step's change. */
  readonly pathLength: number | null;
  /** Sum over steps of its square. */
  readonly sumSquaredSteps: number | null;
  /** The same for each tensor alone. */
  readonly tensors: readonly {
    readonly name: string;
    readonly shape: readonly number[];
    readonly pathLength: number | null;
    readonly sumSquaredSteps: number | null;
  }[];
}

/** Scheduler to trainer. */
export type TrainerRequest =
  /** First of all: load the engine and compile this model; answered by "ready". */
  | { readonly type: "prepare"; readonly model: string; readonly batchSize: number }
  | {
      readonly type: "train";
      readonly settings: TrainingSettings;
      readonly seeds: RunSeeds;
      /** Folder of the dataset's files; empty where the data are generated. */
      readonly dataFolder: string;
      /** Where initial.safetensors and final.safetensors go; it exists. */
      readonly directory: string;
    }
  | { readonly type: "pause" }
  | { readonly type: "resume" };

/** Trainer to scheduler. */
export type TrainerMessage =
  | { readonly type: "ready"; readonly engine: EngineDescription }
  | {
      readonly type: "progress";
      /** Epoch under way, from 1. */
      readonly epoch: number;
      /** Steps done, of all epochs. */
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly type: "finished"; readonly seconds: number; readonly outcome: TrainingOutcome }
  | {
      readonly type: "failed";
      readonly message: string;
      /** The operating system's error code, such as ENOSPC, where there is one. */
      readonly code: string | null;
    };
