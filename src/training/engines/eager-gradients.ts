import * as tf from "@tensorflow/tfjs-core";
import type { ModelDefinition } from "../models";
import type { Network } from "../models/network";
import type { Batch } from "./engine";

export interface EagerGradients {
  readonly loss: number;
  /** By the variables' names in tfjs; to be disposed of. */
  readonly gradients: tf.NamedTensorMap;
}

/**
 * Loss and gradients of one batch by eager tfjs, which also moves the network's buffers. `setMasks` receives the
 * dropout masks' tensors, which live as long as the call.
 */
export function eagerGradients(
  model: ModelDefinition,
  network: Network,
  { images, targets, rows }: Batch,
  masks: readonly Float32Array[],
  setMasks: (tensors: readonly tf.Tensor[]) => void,
): EagerGradients {
  let loss = NaN;
  const gradients = tf.tidy(() => {
    const input = tf.tensor(images, [rows, ...model.inputShape]);
    const targetTensors = model.targets.map(({ shape, dtype }, index) =>
      tf.tensor(targets[index], [rows, ...shape], dtype),
    );
    setMasks(masks.map((mask, index) => tf.tensor(mask, [rows, ...network.dropouts[index].shape])));
    const { value, grads } = tf.variableGrads(
      () => model.loss(network.apply(input, true), targetTensors),
      network.weights.map(({ variable }) => variable),
    );
    loss = value.dataSync()[0];
    return grads;
  });
  return { loss, gradients };
}
