import * as tf from "@tensorflow/tfjs-core";
import type { ModelDefinition } from "../models";
import type { Network } from "../models/network";
import type { Batch } from "./engine";

/**
 * One step of stochastic gradient descent by eager tfjs: changes the network's variables and answers with
 * the loss. `setMasks` receives the dropout masks' tensors, which live as long as the step.
 */
export function eagerStep(
  model: ModelDefinition,
  network: Network,
  { images, targets, rows }: Batch,
  masks: readonly Float32Array[],
  setMasks: (tensors: readonly tf.Tensor[]) => void,
  learningRate: number,
): number {
  const optimizer = tf.train.sgd(learningRate);
  try {
    return tf.tidy(() => {
      const input = tf.tensor(images, [rows, ...model.inputShape]);
      const targetTensors = model.targets.map(({ shape, dtype }, index) =>
        tf.tensor(targets[index], [rows, ...shape], dtype),
      );
      setMasks(
        masks.map((mask, index) => tf.tensor(mask, [rows, ...network.dropouts[index].shape])),
      );
      const loss = optimizer.minimize(
        () => model.loss(network.apply(input, true), targetTensors),
        true,
        network.weights.map(({ variable }) => variable),
      );
      if (loss === null) throw new Error("The optimizer returned no loss.");
      return loss.dataSync()[0];
    });
  } finally {
    optimizer.dispose();
  }
}
