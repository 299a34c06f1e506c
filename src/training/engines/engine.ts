import type { EngineDescription, OptimizerSettings } from "../../protocol/trainer";
import type { ModelDefinition } from "../models";

/** Rows to train on in one step. */
export interface Batch {
  /** rows x height x width x channels, NHWC. */
  readonly images: Float32Array;
  /** One array for each of the model's targets, rows first; of a classifier the class indices. */
  readonly targets: readonly (Float32Array | Int32Array)[];
  readonly rows: number;
}

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** False for what training keeps beside the weights, such as batch norm's moving averages. */
  readonly trainable: boolean;
}

/** How far a tensor was moved by all steps so far: sums over steps of the L2 norm of the change and its square. */
export interface StepSum {
  readonly pathLength: number;
  readonly sumSquared: number;
}

export type StepSums = StepSum & { readonly name: string };

/** One run of training: its weights, its seeds and what computes its steps. */
export interface TrainingEngine {
  readonly description: EngineDescription;
  /** Trains on one batch and answers with its loss before the step. */
  step(batch: Batch, learningRate: number): Promise<number>;
  /** Copies of the current weights, in the network's order; those not trainable come last. */
  weights(): NamedTensor[];
  /** Of trainable tensors. The total is of all tensors as one vector: not the sum of their path lengths. */
  stepSums(): { readonly tensors: readonly StepSums[]; readonly total: StepSum };
  /** The network's outputs, rows first, as inference computes them, for any number of rows. */
  evaluate(images: Float32Array, rows: number): Promise<Float32Array[]>;
  dispose(): Promise<void>;
}

export interface EngineOptions {
  /** Id of a built-in model, or the definition of another. */
  readonly model: string | ModelDefinition;
  /** Seed of the initial weights. */
  readonly initialWeights: number;
  /** Seed of the dropout masks. */
  readonly dropout: number;
  /** Plain stochastic gradient descent where left out. */
  readonly optimizer?: OptimizerSettings;
  /** Times each kernel, added to its gradient: the L2 penalty weightDecay / 2 |kernel|^2; 0 where left out. */
  readonly weightDecay?: number;
  /** "auto" takes ONNX Runtime's blocked convolutions where they exist; "plain" standard operators. */
  readonly lowering?: "auto" | "plain";
  /** What ONNX Runtime's operators run on; the CPU where left out. A GPU has none but standard operators. */
  readonly provider?: "cpu" | "webgpu";
  /** Threads of ONNX Runtime's operators; 1 where left out. */
  readonly threads?: number;
  /** Rows of most steps to come, compiled at start; the model's own batch size where left out. */
  readonly batchSize?: number;
}
