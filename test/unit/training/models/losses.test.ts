import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients of kernels.
import { beforeAll, expect, test } from "vitest";
import { sigmoidCrossEntropy, softmaxCrossEntropy } from "../../../../src/training/losses";
import { useCpuBackend } from "../../../../src/training/models/cpu-backend";

beforeAll(useCpuBackend);

/** Loss and gradient by `loss`, as plain numbers. */
function evaluate(loss: typeof softmaxCrossEntropy, labels: tf.Tensor, logits: number[][]) {
  const { value, grad } = tf.valueAndGrad((x: tf.Tensor) => loss(labels, x))(tf.tensor(logits));
  return { value: value.dataSync()[0], gradient: Array.from(grad.dataSync()) };
}

// Rows so far apart that subtracting one maximum from all of them would underflow.
const logits = [
  [1, -2, 0.5],
  [1000, 999, 990],
  [-500, -500, -500],
];

test("softmax cross-entropy is the float64 formula, for class indices and one-hot labels", () => {
  const classes = [2, 1, 0];
  const rows = logits.map((row, r) => {
    const most = Math.max(...row);
    const sum = row.reduce((total, x) => total + Math.exp(x - most), 0);
    return {
      loss: most + Math.log(sum) - row[classes[r]],
      gradient: row.map((x, k) => (Math.exp(x - most) / sum - Number(k === classes[r])) / 3),
    };
  });
  const expected = rows.reduce((sum, { loss }) => sum + loss, 0) / 3;
  const indices = tf.tensor(classes, [3], "int32");
  for (const labels of [indices, tf.cast(tf.oneHot(indices, 3), "float32")]) {
    const { value, gradient } = evaluate(softmaxCrossEntropy, labels, logits);
    expect(value).toBeCloseTo(expected, 5);
    rows
      .flatMap((row) => row.gradient)
      .forEach((wanted, i) => {
        expect(gradient[i]).toBeCloseTo(wanted, 6);
      });
  }
});

test("sigmoid cross-entropy is the float64 formula, without overflow", () => {
  const values = [0.3, -2, 80, -80, 0];
  const classes = [1, 0, 0, 0, 1];
  const expected =
    values.reduce((sum, x, i) => {
      const signed = classes[i] === 1 ? x : -x;
      return sum + Math.max(-signed, 0) + Math.log1p(Math.exp(-Math.abs(signed)));
    }, 0) / 5;
  const labels = tf.tensor(classes, [5], "int32");
  const { value, gradient } = evaluate(
    sigmoidCrossEntropy,
    labels,
    values.map((x) => [x]),
  );
  expect(value).toBeCloseTo(expected, 5);
  values.forEach((x, i) => {
    expect(gradient[i]).toBeCloseTo((1 / (1 + Math.exp(-x)) - classes[i]) / 5, 6);
  });
});
