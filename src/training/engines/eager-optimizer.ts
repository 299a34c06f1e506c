import * as tf from "@tensorflow/tfjs-core";
import type { OptimizerSettings } from "../../protocol/trainer";
import type { Network } from "../models/network";

/** An optimizer of tfjs whose learning rate may change from step to step. */
export interface EagerOptimizer {
  /** Changes the network's weights by gradients under their variables' names. */
  apply(gradients: tf.NamedTensorMap, learningRate: number): void;
  dispose(): void;
}

class RatedAdam extends tf.AdamOptimizer {
  setLearningRate(rate: number): void {
    this.learningRate = rate;
  }
}

/** tfjs's own optimizers, with weight decay added to the gradients of kernels. */
export function eagerOptimizer(
  settings: OptimizerSettings,
  weightDecay: number,
  { weights }: Network,
): EagerOptimizer {
  const optimizer = optimizerOf(settings);
  return {
    apply(gradients, learningRate) {
      tf.tidy(() => {
        optimizer.setLearningRate(learningRate);
        const decayed = weights.map(({ variable }) => {
          const { name, rank } = variable;
          const gradient = gradients[name];
          if (weightDecay === 0 || rank < 2) return { name, tensor: gradient };
          return { name, tensor: tf.add(gradient, tf.mul(variable, weightDecay)) };
        });
        optimizer.applyGradients(decayed);
      });
    },
    dispose() {
      optimizer.dispose();
    },
  };
}

function optimizerOf(settings: OptimizerSettings): tf.SGDOptimizer | RatedAdam {
  switch (settings.name) {
    case "sgd":
      return tf.train.sgd(1);
    case "momentum":
      return tf.train.momentum(1, settings.momentum, settings.nesterov);
    case "adam":
      return new RatedAdam(1, settings.beta1, settings.beta2, settings.epsilon);
  }
}
