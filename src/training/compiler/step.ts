import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";
import type { ModelDefinition } from "../models";
import { useCpuBackend } from "../models/cpu-backend";
import type { Network } from "../models/network";
import type { Program } from "./ir";
import { trace } from "./trace";

/** Names of a training step's inputs and outputs; weights and buffers go by their own names. */
export const stepNames = {
  images: "images",
  target: (name: string) => `target/${name}`,
  mask: (index: number) => `dropout-mask/${index}`,
  loss: "loss",
  gradient: (weight: string) => `gradient/${weight}`,
  /** The new value of a buffer. */
  updated: (buffer: string) => `updated/${buffer}`,
  output: (index: number) => `output/${index}`,
} as const;

/**
 * Traces one step of training but for the optimizer: images float32 [rows, ...input shape], targets, masks,
 * weights and buffers to the loss, the weights' gradients and the buffers' new values.
 */
export function traceTrainingStep(model: ModelDefinition, rows: number): Program {
  return withNetwork(model, rows, ({ network, masks, images }) => {
    const targets = model.targets.map(({ shape, dtype }) => tf.zeros([rows, ...shape], dtype));
    try {
      return trace(
        [
          { name: stepNames.images, tensor: images },
          ...model.targets.map(({ name }, i) => ({
            name: stepNames.target(name),
            tensor: targets[i],
          })),
          ...masks.map((tensor, index) => ({ name: stepNames.mask(index), tensor })),
          ...stateInputs(network),
        ],
        () => {
          const { value, grads } = tf.variableGrads(
            () => model.loss(network.apply(images, true), targets),
            network.weights.map(({ variable }) => variable),
          );
          return [
            { name: stepNames.loss, tensor: value },
            ...network.weights.map(({ name, variable }) => ({
              name: stepNames.gradient(name),
              tensor: grads[variable.name],
            })),
            ...network.buffers.map(({ name, variable }) => ({
              name: stepNames.updated(name),
              tensor: variable,
            })),
          ];
        },
      );
    } finally {
      tf.dispose(targets);
    }
  });
}

/** Traces inference: images and weights to the network's outputs, dropout off. */
export function traceInference(model: ModelDefinition, rows: number): Program {
  return withNetwork(model, rows, ({ network, images }) =>
    trace([{ name: stepNames.images, tensor: images }, ...stateInputs(network)], () =>
      network
        .apply(images, false)
        .map((tensor, index) => ({ name: stepNames.output(index), tensor })),
    ),
  );
}

function stateInputs(network: Network) {
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
