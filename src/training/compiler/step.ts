import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";
import type { ModelDefinition } from "../models";
import { useCpuBackend } from "../models/cpu-backend";
import type { Network } from "../models/network";
import type { Named, Program, Value } from "./ir";
import { trace } from "./trace";

/** Names of a training step's inputs and outputs; weights go by their own names. */
export const stepNames = {
  images: "images",
  target: (name: string) => `target/${name}`,
  /** The learning rate with a minus sign, as tfjs's optimizer multiplies gradients by it. */
  negativeRate: "negative-learning-rate",
  mask: (index: number) => `dropout-mask/${index}`,
  updated: (weight: string) => `updated/${weight}`,
  loss: "loss",
  squaredNorms: "squared-norms",
  output: (index: number) => `output/${index}`,
} as const;

/** Stochastic gradient descent whose learning rate is a tensor, so that a trace can make it an input. */
class TensorRateSgd extends tf.SGDOptimizer {
  constructor(negativeRate: tf.Scalar) {
    super(1);
    this.c.dispose();
    this.c = negativeRate;
  }
}

/**
 * Traces one step of training: images float32 [rows, ...input shape], targets, masks, weights
 * and rate to the loss, the updated weights and the squared norms of their changes, float64 [weights].
 */
export function traceTrainingStep(model: ModelDefinition, rows: number): Program {
  return withNetwork(model, rows, ({ network, masks, images }) => {
    const targets = model.targets.map(({ shape, dtype }) => tf.zeros([rows, ...shape], dtype));
    const negativeRate = tf.scalar(0);
    const optimizer = new TensorRateSgd(negativeRate);
    const variables = network.weights.map(({ variable }) => variable);
    const program = trace(
      [
        { name: stepNames.images, tensor: images },
        ...model.targets.map(({ name }, i) => ({
          name: stepNames.target(name),
          tensor: targets[i],
        })),
        { name: stepNames.negativeRate, tensor: negativeRate },
        ...masks.map((tensor, index) => ({ name: stepNames.mask(index), tensor })),
        ...weightInputs(network),
      ],
      () => {
        const value = optimizer.minimize(
          () => model.loss(network.apply(images, true), targets),
          true,
          variables,
        );
        if (value === null) throw new Error("The optimizer returned no loss.");
        return [
          { name: stepNames.loss, tensor: value },
          ...[...network.weights, ...network.buffers].map(({ name, variable }) => ({
            name: stepNames.updated(name),
            tensor: variable,
          })),
        ];
      },
    );
    return withSquaredNorms(
      program,
      network.weights.map(({ name }) => name),
    );
  });
}

/** Traces inference: images and weights to the network's outputs, dropout off. */
export function traceInference(model: ModelDefinition, rows: number): Program {
  return withNetwork(model, rows, ({ network, images }) =>
    trace([{ name: stepNames.images, tensor: images }, ...weightInputs(network)], () =>
      network
        .apply(images, false)
        .map((tensor, index) => ({ name: stepNames.output(index), tensor })),
    ),
  );
}

function weightInputs(network: Network) {
  return [...network.weights, ...network.buffers].map(({ name, variable }) => ({
    name,
    tensor: variable,
  }));
}

/** Builds a network that exists only to be traced, with zeros for all values. */
function withNetwork<T>(
  model: ModelDefinition,
  rows: number,
  use: (parts: { network: Network; masks: tf.Tensor[]; images: tf.Tensor }) => T,
): T {
  useCpuBackend();
  const masks: tf.Tensor[] = [];
  const network = model.build({
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
