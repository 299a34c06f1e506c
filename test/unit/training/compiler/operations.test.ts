import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients of kernels.
import { beforeAll, describe, expect, test } from "vitest";
import { RandomStream } from "../../../../src/random/stream";
import { useFastConvolutions } from "../../../../src/training/engines/fast-convolution";
import { useCpuBackend } from "../../../../src/training/models/cpu-backend";
import { compiled, layouts, relativeError } from "./compiled";

type Body = (x: tf.Tensor4D, ...others: tf.Tensor[]) => tf.Tensor;

interface Case {
  /** NHWC; the image comes out of one convolution and goes into another, so that it is packed. */
  readonly image: readonly [number, number, number, number];
  readonly others?: readonly (readonly number[])[];
  readonly body: Body;
  /** Whole numbers, so that maxima tie. */
  readonly tied?: boolean;
  /** False where tfjs has none, or none that can be compared. */
  readonly gradients?: false;
}

const pool =
  (size: number, strides: number, pad: "same" | "valid"): Body =>
  (x) =>
    tf.maxPool(x, size, strides, pad);

const image = (channels: number, size = 7, rows = 2) => [rows, size, size + 2, channels] as const;

const cases: Record<string, Case> = {
  "max pooling 3x3/2 'same', even size": { image: [2, 8, 10, 16], body: pool(3, 2, "same") },
  "max pooling 3x3/2 'same', odd size": { image: image(20), body: pool(3, 2, "same") },
  "max pooling 3x3/2 'valid'": { image: [1, 9, 8, 5], body: pool(3, 2, "valid") },
  "max pooling 3x3/1 'same'": { image: image(16), body: pool(3, 1, "same") },
  "max pooling 3x3/1 'valid'": { image: image(3), body: pool(3, 1, "valid") },
  "max pooling 2x2/1 'same'": { image: image(8), body: pool(2, 1, "same") },
  "max pooling 3x3/3 'valid' with a rest": { image: [2, 11, 10, 6], body: pool(3, 3, "valid") },
  "max pooling 5x5/2 'same'": { image: image(4), body: pool(5, 2, "same") },
  "max pooling of equal elements 3x3/2": { image: image(9), body: pool(3, 2, "same"), tied: true },
  "max pooling of equal elements 3x3/1": { image: image(9), body: pool(3, 1, "same"), tied: true },
  "max pooling of equal elements 2x2/2": { image: image(9), body: pool(2, 2, "same"), tied: true },
  "average pooling 5x5/3 'valid'": {
    image: [2, 14, 14, 16],
    body: (x) => tf.avgPool(x, 5, 3, "valid"),
  },
  "average pooling 2x2/2, broken blocks": {
    image: image(11),
    body: (x) => tf.avgPool(x, 2, 2, "valid"),
  },
  "average pooling 3x3/1": { image: image(24), body: (x) => tf.avgPool(x, 3, 1, "valid") },
  "global average pooling": {
    image: image(20),
    body: (x) => tf.mul(x, tf.mean(x, [1, 2], true)),
  },
  "global average pooling into a dense layer": {
    image: image(17),
    others: [[17, 3]],
    body: (x, kernel) => tf.matMul(tf.mean<tf.Tensor2D>(x, [1, 2]), kernel),
  },
  "few rows into a large dense layer": {
    image: [3, 4, 4, 4],
    others: [[64, 16384], [16384]],
    body: (x, kernel, bias) => tf.add(tf.matMul(tf.reshape(x, [3, 64]), kernel), bias),
  },
  "leaky ReLU": { image: image(16), body: (x) => tf.leakyRelu(x, 0.1) },
  "leaky ReLU, broken blocks": { image: image(5), body: (x) => tf.leakyRelu(x, 0.2) },
  "concatenated channels of whole blocks": {
    image: image(32),
    body: (x) => tf.concat([tf.relu(x), tf.mul(x, x), x], 3),
  },
  "concatenated channels of broken blocks": {
    image: image(5),
    body: (x) => tf.concat([tf.relu(x), tf.mul(x, x)], 3),
  },
  "concatenated rows of pixels": {
    image: image(5),
    body: (x) => tf.concat([tf.relu(x), tf.mul(x, x)], 2),
  },
  "slices of channels": {
    image: image(40),
    body: (x) => tf.add(tf.slice(x, [0, 0, 0, 16], [-1, -1, -1, 20]), 1),
  },
  "slices within blocks": {
    image: image(40),
    body: (x) => tf.mul(tf.slice(x, [0, 0, 0, 3], [-1, -1, -1, 20]), 2),
  },
  "slices of pixels": {
    image: image(9),
    body: (x) => tf.relu(tf.slice(x, [0, 1, 2, 0], [-1, 4, 5, -1])),
  },
  "padded images": {
    image: image(9),
    body: (x) =>
      tf.relu(
        tf.pad(x, [
          [0, 0],
          [1, 2],
          [3, 0],
          [0, 0],
        ]),
      ),
  },
  "residual sums": { image: image(16), body: (x) => tf.relu(tf.add(tf.mul(x, 0.5), tf.relu(x))) },
  "nearest upsampling": {
    image: [1, 3, 4, 16],
    body: (x) => tf.image.resizeNearestNeighbor(x, [6, 8]),
  },
  "nearest upsampling of several rows by 3, broken blocks": {
    image: [3, 3, 4, 5],
    body: (x) => tf.image.resizeNearestNeighbor(x, [9, 12]),
  },
  "local response normalisation": {
    image: image(24),
    body: (x) => tf.localResponseNormalization(x, 2, 2, 0.5, 0.75),
  },
  "local response normalisation, broken blocks, another power": {
    image: image(11),
    body: (x) => tf.localResponseNormalization(x, 5, 1, 0.25, 0.6),
  },
  "channels scaled and shifted": {
    image: image(20),
    others: [[20], [1, 1, 1, 20]],
    body: (x, scale, shift) => tf.relu(tf.sub(tf.add(tf.mul(x, scale), shift), tf.div(x, 3))),
  },
  "channels divided": {
    image: image(20),
    others: [[20], [20]],
    body: (x, scale, shift) => tf.div(tf.sub(shift, x), tf.add(tf.mul(scale, scale), 1)),
  },
  // Large enough for tiles to pay: see winograd.test.ts.
  "convolutions 3x3/1 in tiles, broken blocks, padded unevenly": {
    image: [18, 12, 13, 130],
    others: [[3, 3, 130, 140], [140]],
    body: (x, filter, bias) => {
      const padding: tf.backend_util.ExplicitPadding = [
        [0, 0],
        [2, 0],
        [0, 1],
        [0, 0],
      ];
      return tf.add(tf.conv2d(x, filter as tf.Tensor4D, 1, padding), bias);
    },
  },
  "convolutions in tiles and activations": {
    image: [20, 12, 12, 136],
    others: [[3, 3, 136, 128], [128]],
    gradients: false, // Where a result is next to 0, another rounding changes them.
    body: (x, filter, bias) => {
      const y = tf.conv2d(x, filter as tf.Tensor4D, 1, "same");
      return tf.add(tf.relu(tf.add(y, bias)), tf.leakyRelu(tf.sub(y, bias), 0.1));
    },
  },
  "filters of many outputs": {
    image: [2, 5, 4, 64],
    others: [[3, 3, 64, 256]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 1, "same"),
  },
  "filters of many outputs, strided": {
    image: [2, 7, 6, 64],
    others: [[3, 3, 64, 260]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 2, "valid"),
  },
  "filters of one pixel, strided": {
    image: [3, 7, 6, 20],
    others: [[1, 1, 20, 9]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 2, "same"),
  },
  "convolutions 3x3/2 'same'": {
    image: [2, 8, 7, 20],
    others: [[3, 3, 20, 9]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 2, "same"),
  },
  "convolutions 3x3/2 'valid', rows that no window reaches": {
    image: [2, 8, 10, 5],
    others: [[3, 3, 5, 18]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 2, "valid"),
  },
  "convolutions 5x4/3 'same'": {
    image: [1, 11, 13, 16],
    others: [[5, 4, 16, 16]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 3, "same"),
  },
  "convolutions 7x7/2 over a small image": {
    image: [2, 5, 4, 8],
    others: [[7, 7, 8, 8]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 2, "same"),
  },
  "convolutions 2x2/3 that leave pixels out": {
    image: [2, 8, 7, 8],
    others: [[2, 2, 8, 8]],
    body: (x, filter) => tf.conv2d(x, filter as tf.Tensor4D, 3, "valid"),
  },
  "batch normalisation in training": {
    image: image(20),
    others: [[20], [20]],
    body: (x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const normal = tf.batchNorm(
        x,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        beta as tf.Tensor1D,
        gamma as tf.Tensor1D,
        1e-3,
      );
      return tf.relu(normal);
    },
  },
  "batch normalisation into a sum": {
    image: image(16),
    others: [[16], [16]],
    body: (x, gamma, beta) => {
      const { mean, variance } = tf.moments(x, [0, 1, 2]);
      const vectors = [mean, variance, beta, gamma] as tf.Tensor1D[];
      const normal = tf.batchNorm(x, vectors[0], vectors[1], vectors[2], vectors[3], 1e-3);
      return tf.leakyRelu(tf.add(normal, x), 0.1);
    },
  },
  "batch normalisation with given moments": {
    image: image(20),
    others: [[20], [20]],
    body: (x, gamma, mean) =>
      tf.batchNorm(
        x,
        mean as tf.Tensor1D,
        tf.add<tf.Tensor1D>(tf.mul(mean, mean), 1),
        gamma as tf.Tensor1D,
        gamma as tf.Tensor1D,
      ),
  },
  "comparisons, conditions and limits": {
    image: image(6),
    gradients: false,
    body: (x) => {
      const high = tf.logicalAnd(tf.greater(x, 0.1), tf.lessEqual(x, 0.7));
      const mask = tf.cast(tf.logicalOr(high, tf.logicalNot(tf.less(x, 1.2))), "float32");
      return tf.add(tf.mul(x, mask), tf.where(high, tf.exp(x), tf.clipByValue(x, -0.5, 0.5)));
    },
  },
  "smooth functions": {
    image: image(6),
    body: (x) =>
      tf.addN([tf.tanh(x), tf.sigmoid(x), tf.softplus(x), tf.squaredDifference(x, tf.scalar(2))]),
  },
  "broadcasts over six axes": {
    image: [2, 2, 3, 6],
    others: [[1, 1, 1, 1, 1, 4]],
    gradients: false,
    body: (x, y) =>
      tf.max(tf.mul(tf.reshape(x, [2, 2, 3, 2, 3, 1]), tf.broadcastTo(y, [1, 1, 1, 1, 3, 4])), -1),
  },
  "exchanged axes and parts": {
    image: image(6),
    body: (x) => {
      const [a, b] = tf.split(tf.transpose(x, [0, 2, 1, 3]), [2, 4], 3);
      return tf.sum(tf.mul(tf.min(b, 3, true), tf.expandDims(tf.squeeze(tf.mean(a, 3)), 3)), 1);
    },
  },
};

beforeAll(() => {
  useCpuBackend();
  useFastConvolutions();
});

/** What `body` makes of a convolved image, or a sum of it with its gradients for all that it depends on. */
function evaluate({ body, gradients }: Case, inputs: readonly tf.Tensor[]): tf.Tensor[] {
  const result = (x: tf.Tensor, kernel: tf.Tensor, ...others: tf.Tensor[]) =>
    body(tf.conv2d(x as tf.Tensor4D, kernel as tf.Tensor4D, 1, "same"), ...others);
  if (gradients === false) {
    const [x, kernel, ...others] = inputs;
    return [result(x, kernel, ...others)];
  }
  const { value, grads } = tf.valueAndGrads((...args: tf.Tensor[]) => {
    const [x, kernel, ...others] = args;
    const y = result(x, kernel, ...others);
    return tf.sum<tf.Scalar>(tf.mul(y, tf.sigmoid(y)));
  })([...inputs]);
  return [value, ...grads];
}

describe.each(layouts)("$name", (layout) => {
  test.each(Object.entries(cases))("%s", async (_, given) => {
    const [rows, height, width, channels] = given.image;
    const shapes = [[rows, height, width, 3], [1, 1, 3, channels], ...(given.others ?? [])];
    const random = new RandomStream("operations", channels);
    const values = shapes.map((shape) =>
      Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () =>
        given.tied ? random.below(3) - 1 : random.normal(),
      ),
    );
    const body = (inputs: readonly tf.Tensor[]) => evaluate(given, inputs);
    const results = await compiled(body, shapes, values, layout);
    const expected = tf.tidy(() =>
      body(values.map((data, i) => tf.tensor(data, [...shapes[i]]))).map((tensor) =>
        Float32Array.from(tensor.dataSync()),
      ),
    );
    results.forEach((result, i) => {
      expect(relativeError(result, expected[i])).toBeLessThan(1e-5);
    });
  });
});
