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

/** Scheduler to trainer: train this run into this directory, which exists and is empty but for the scheduler's own mark. */
export interface TrainRequest {
  readonly type: "train";
  readonly settings: TrainingSettings;
  readonly seeds: RunSeeds;
  readonly key: string;
  readonly directory: string;
}

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

export type TrainerMessage =
  | { readonly type: "ready"; readonly engine: EngineDescription }
  | {
      readonly type: "progress";
      readonly epoch: number;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly type: "finished"; readonly seconds: number }
  | { readonly type: "failed"; readonly message: string };
