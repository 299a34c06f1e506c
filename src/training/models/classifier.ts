import { add, mul } from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { sigmoidCrossEntropy, softmaxCrossEntropy } from "../losses";
import type { ModelDefinition, ModelSizes } from "./definition";
import type { KernelScheme } from "./network";
import { NetworkBuilder } from "./network-builder";

/** Stacks the layers of a network. */
export type Stack = (network: NetworkBuilder) => NetworkBuilder;

/** How a model of some sizes is stacked. */
export type StackOf = (sizes: Pick<ModelSizes, "outputs" | "filters" | "depth">) => Stack;

interface ClassifierOptions {
  readonly scheme?: KernelScheme;
  /** What the loss of each output beyond the first counts. */
  readonly auxiliaryWeight?: number;
}

/**
 * A classifier made of stacked layers whose targets are class indices. With one output its loss is sigmoid
 * cross-entropy, otherwise softmax cross-entropy.
 */
export function stackedClassifier(
  {
    id,
    inputShape,
    outputs,
    batchSize,
  }: Pick<ModelDefinition, "id" | "inputShape" | "outputs" | "batchSize">,
  stack: Stack,
  { scheme = "glorot-uniform", auxiliaryWeight = 0 }: ClassifierOptions = {},
): ModelDefinition {
  const lossOf = outputs === 1 ? sigmoidCrossEntropy : softmaxCrossEntropy;
  return {
    id,
    inputShape,
    outputs,
    batchSize,
    targets: [{ name: "labels", dtype: "int32", shape: [] }],
    loss: ([logits, ...auxiliary]: readonly Tensor[], [labels]: readonly Tensor[]) =>
      auxiliary.reduce<Scalar>(
        (sum, head) => add(sum, mul(lossOf(labels, head), auxiliaryWeight)),
        lossOf(labels, logits),
      ),
    build: (options) => stack(new NetworkBuilder(options, inputShape, scheme)).build(),
  };
}
