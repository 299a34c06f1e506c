import * as tf from "@tensorflow/tfjs-core";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";

/** A loss: labels int32 [rows] (class index, or 0 and 1) and logits [rows, outputs] to the rows' mean. */
export type Loss = (labels: Tensor, logits: Tensor) => Scalar;

// The gradients are written out, since each is shorter than what differentiating the loss would record.
// What they use is saved, since tensors made in the forward pass are disposed of before the backward pass.

/**
 * Mean over rows of the cross-entropy between softmax(logits) and the labels: class indices int32 [rows]
 * or one-hot float32 [rows, classes]. As Keras's CategoricalCrossentropy(from_logits=True).
 */
export const softmaxCrossEntropy: Loss = (labels, logits) => {
  const [rows, classes] = logits.shape as [number, number];
  const targets = labels.rank === 1 ? tf.cast(tf.oneHot(labels, classes), "float32") : labels;
  const loss = tf.customGrad((x, save) => {
    const values = x as Tensor;
    const shifted = tf.sub(values, tf.max(values, 1, true));
    const powers = tf.exp(shifted);
    const sums = tf.sum(powers, 1, true);
    const logProbabilities = tf.sub(shifted, tf.log(sums));
    const value = tf.div(tf.neg(tf.sum(tf.mul(targets, logProbabilities))), rows);
    const probabilities = tf.div(powers, sums);
    (save as (tensors: Tensor[]) => void)([probabilities, targets]);
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      tf.mul(dy, tf.div(tf.sub(saved[0], saved[1]), rows));
    return { value, gradFunc };
  });
  return loss(logits) as Scalar;
};

/**
 * Mean over rows of the cross-entropy between sigmoid(logits) [rows, 1] and the labels 0 or 1, int32
 * [rows]; in the form max(x, 0) - x z + log(1 + exp(-|x|)), which cannot overflow.
 */
export const sigmoidCrossEntropy: Loss = (labels, logits) => {
  const count = logits.size;
  const targets = tf.reshape(tf.cast(labels, "float32"), logits.shape);
  const loss = tf.customGrad((x, save) => {
    const values = x as Tensor;
    (save as (tensors: Tensor[]) => void)([values, targets]);
    const terms = tf.add(
      tf.sub(tf.relu(values), tf.mul(values, targets)),
      tf.log1p(tf.exp(tf.neg(tf.abs(values)))),
    );
    const gradFunc = (dy: Tensor, saved: Tensor[]) =>
      tf.mul(dy, tf.div(tf.sub(tf.sigmoid(saved[0]), saved[1]), count));
    return { value: tf.div(tf.sum(terms), count), gradFunc };
  });
  return loss(logits) as Scalar;
};
