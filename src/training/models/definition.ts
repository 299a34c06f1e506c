import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { RandomStream } from "../../random/stream";
import type { DetectionGrid } from "../detection/detection-grid";
import type { Network, NetworkOptions } from "./network";

/** What a batch says about its images beside them: `shape` is that of one row. */
export interface TargetDescription {
  readonly name: string;
  readonly dtype: "int32" | "float32";
  readonly shape: readonly number[];
}

/** What the training engines need to know of a model. */
export interface ModelDefinition {
  readonly id: string;
  /** Height, width, channels. */
  readonly inputShape: readonly [number, number, number];
  /** Of a classifier the number of logits, of a detector that of label kinds. */
  readonly outputs: number;
  readonly batchSize: number;
  readonly targets: readonly TargetDescription[];
  /** What training minimises, of the network's outputs and the targets, rows first. */
  readonly loss: (outputs: readonly Tensor[], targets: readonly Tensor[]) => Scalar;
  /** Builds the network on the current tfjs backend. */
  readonly build: (options: NetworkOptions) => Network;
  /** What a detector's outputs and targets mean. */
  readonly detection?: DetectionGrid;
  /** Targets to verify a step with; where left out, integers below `outputs` and numbers below 1. */
  readonly exampleTargets?: (
    rows: number,
    random: RandomStream,
  ) => readonly (Float32Array | Int32Array)[];
  /** The same layers at a size where a step of eager tfjs takes seconds: verified in this model's stead. */
  readonly verifyWith?: ModelDefinition;
}

/** What settings and the dataset decide of a model. */
export interface ModelSizes extends Pick<
  ModelDefinition,
  "id" | "inputShape" | "outputs" | "batchSize"
> {
  /** Filters or units, of those that are published. */
  readonly filters: (published: number) => number;
  readonly depth: number | null;
}
