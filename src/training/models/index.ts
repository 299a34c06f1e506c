import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { type ModelEntry, findModel } from "../../catalogue/models";
import type { RandomStream } from "../../random/stream";
import { lossNamed } from "../losses";
import { mnistDense } from "./mnist-dense";
import { type Network, NetworkBuilder, type NetworkOptions } from "./network";
import { tfCnn } from "./tf-cnn";
import { tfMnist } from "./tf-mnist";

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
  /** Of a classifier the number of logits. */
  readonly outputs: number;
  readonly batchSize: number;
  readonly targets: readonly TargetDescription[];
  /** What training minimises, of the network's outputs and the targets, rows first. */
  readonly loss: (outputs: readonly Tensor[], targets: readonly Tensor[]) => Scalar;
  /** Builds the network on the current tfjs backend. */
  readonly build: (options: NetworkOptions) => Network;
  /** Targets to verify a step with; where left out, integers below `outputs` and numbers below 1. */
  readonly exampleTargets?: (
    rows: number,
    random: RandomStream,
  ) => readonly (Float32Array | Int32Array)[];
  /** The same layers at a size where a step of eager tfjs takes seconds: verified in this model's stead. */
  readonly verifyWith?: ModelDefinition;
}

/** Stacks the layers of a network. */
export type Stack = (network: NetworkBuilder) => NetworkBuilder;

/** A classifier made of stacked layers whose targets are class indices. */
export function stackedClassifier(
  {
    id,
    inputShape,
    outputs,
    batchSize,
    loss,
  }: Pick<ModelEntry, "id" | "inputShape" | "outputs" | "batchSize" | "loss">,
  stack: Stack,
): ModelDefinition {
  const lossOf = lossNamed(loss);
  return {
    id,
    inputShape,
    outputs,
    batchSize,
    targets: [{ name: "labels", dtype: "int32", shape: [] }],
    loss: ([logits], [labels]) => lossOf(labels, logits),
    build: (options) => stack(new NetworkBuilder(options, inputShape)).build(),
  };
}

const stacks: Readonly<Record<string, Stack | undefined>> = {
  "mnist-dense": mnistDense,
  "tf-cnn": tfCnn,
  "tf-mnist": tfMnist,
};

const definitions = new Map<string, ModelDefinition>();

/** The built-in model of that id, always the same object; throws where there is none. */
export function modelDefinition(id: string): ModelDefinition {
  const entry = findModel(id);
  const stack = stacks[id];
  if (entry === undefined || stack === undefined) throw new Error(`There is no model "${id}".`);
  const definition = definitions.get(id) ?? stackedClassifier(entry, stack);
  definitions.set(id, definition);
  return definition;
}
