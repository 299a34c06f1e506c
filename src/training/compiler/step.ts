import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";
import { lossNamed } from "../losses";
import { type ModelDefinition, buildNetwork } from "../models";
import { useCpuBackend } from "../models/cpu-backend";
import type { Network } from "../models/network";
import type { Named, Program, Value } from "./ir";
import { trace } from "./trace";

/** Names of a training step's inputs and outputs; weights go by their own names. */
export const stepNames = {
  images: "images",
  labels: "labels",
  /** The learning rate with a minus sign, as tfjs's optimizer multiplies gradients by it. */
  negativeRate: "negative-learning-rate",
  mask: (index: number) => `dropout-mask/${index}`,
  updated: (weight: string) => `updated/${weight}`,
  loss: "loss",
  squaredNorms: "squared-norms",
  logits: "logits",
} as const;

/** Stochastic gradient descent whose learning rate is a tensor, so that a trace can make it an input. */
class TensorRateSgd extends tf.SGDOptimizer {
  constructor(negativeRate: tf.Scalar) {
    super(1);
    this.c.dispose();
    this.c = negativeRate;
  }
}

interface Traced {
  readonly program: Program;
  /** Weight names in the network's order. */
  readonly weights: readonly string[];
}

/**
 * Traces one step of training: images float32 [rows, ...input shape], labels int32 [rows], masks, weights
 * and rate to the loss, the updated weights and the squared norms of their changes, float64 [weights].
 */
export function traceTrainingStep(model: ModelDefinition, rows: number): Traced {
  return withNetwork(model, rows, ({ network, masks, images }) => {
    const labels = tf.zeros([rows], "int32");
    const negativeRate = tf.scalar(0);
    const optimizer = new TensorRateSgd(negativeRate);
    const loss = lossNamed(model.loss);
    const variables = network.weights.map(({ variable }) => variable);
    const program = trace(
      [
        { name: stepNames.images, tensor: images },
        { name: stepNames.labels, tensor: labels },
        { name: stepNames.negativeRate, tensor: negativeRate },
        ...masks.map((tensor, index) => ({ name: stepNames.mask(index), tensor })),
        ...weightInputs(network),
      ],
      () => {
        const value = optimizer.minimize(
          () => loss(labels, network.apply(images, true)),
          true,
          variables,
        );
        if (value === null) throw new Error("The optimizer returned no loss.");
        return [
          { name: stepNames.loss, tensor: value },
          ...network.weights.map(({ name, variable }) => ({
            name: stepNames.updated(name),
            tensor: variable,
          })),
        ];
      },
    );
    const weights = network.weights.map(({ name }) => name);
    return { program: withSquaredNorms(program, weights), weights };
  });
}

/** Traces inference: images and weights to logits [rows, outputs], dropout off. */
export function traceInference(model: ModelDefinition, rows: number): Traced {
  return withNetwork(model, rows, ({ network, images }) => ({
    weights: network.weights.map(({ name }) => name),
    program: trace([{ name: stepNames.images, tensor: images }, ...weightInputs(network)], () => [
      { name: stepNames.logits, tensor: network.apply(images, false) },
    ]),
  }));
}

function weightInputs(network: Network) {
  return network.weights.map(({ name, variable }) => ({ name, tensor: variable }));
}

/** Builds a network that exists only to be traced, with zeros for all values. */
function withNetwork<T>(
  model: ModelDefinition,
  rows: number,
  use: (parts: { network: Network; masks: tf.Tensor[]; images: tf.Tensor }) => T,
): T {
  useCpuBackend();
  const masks: tf.Tensor[] = [];
  const network = buildNetwork(model, {
    kernelInitializer: () => initializers.zeros(),
    masks: (index) => masks[index],
  });
  const images = tf.zeros([rows, ...model.inputShape]);
  masks.push(...network.dropouts.map(({ shape }) => tf.zeros([rows, ...shape])));
  try {
    return use({ network, masks, images });
  } finally {
    network.dispose();
    tf.dispose([images, ...masks]);
  }
}

/** Adds the output that tells how far the step moved each weight tensor. */
function withSquaredNorms(program: Program, weights: readonly string[]): Program {
  const inputs = new Map(program.inputs.map(({ name, value }) => [name, value]));
  const outputs = new Map(program.outputs.map(({ name, value }) => [name, value]));
  const changes = weights.map((weight) => {
    const [before, after] = [inputs.get(weight)!, outputs.get(stepNames.updated(weight))!];
    const output: Value = { shape: before.shape, dtype: "float32", source: "node" };
    return {
      operation: { op: "binary", fn: "Sub" } as const,
      inputs: [after, before],
      output,
    };
  });
  const norms: Value = { shape: [weights.length], dtype: "float64", source: "node" };
  const named: Named = { name: stepNames.squaredNorms, value: norms };
  return {
    inputs: program.inputs,
    outputs: [...program.outputs, named],
    nodes: [
      ...program.nodes,
      ...changes,
      {
        operation: { op: "squaredNorms" },
        inputs: changes.map(({ output }) => output),
        output: norms,
      },
    ],
  };
}
