import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients of kernels.
import fc from "fast-check";
import { expect, test } from "vitest";
import { RandomStream } from "../../../../src/random/stream";
import {
  useFastConvolutions,
  useOriginalConvolutions,
} from "../../../../src/training/engines/fast-convolution";

test("fast gradients of convolutions are tfjs's own within rounding", () => {
  const size = fc.integer({ min: 4, max: 8 });
  const channels = fc.integer({ min: 1, max: 5 });
  const shapes = fc.record({
    image: fc.tuple(fc.integer({ min: 1, max: 3 }), size, size, channels),
    kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
    outputs: channels,
    strides: fc.integer({ min: 1, max: 3 }),
    padding: fc.constantFrom("same" as const, "valid" as const),
  });
  fc.assert(
    fc.property(shapes, ({ image, kernel, outputs, strides, padding }) => {
      useFastConvolutions();
      const random = new RandomStream("gradients", ...image);
      const noise = (shape: number[]) =>
        tf.tensor(
          Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()),
          shape,
        );
      const x = noise(image) as tf.Tensor4D;
      const filter = noise([...kernel, image[3], outputs]) as tf.Tensor4D;
      const factors = noise(tf.conv2d(x, filter, strides, padding).shape);
      const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) =>
        tf.sum(tf.mul(factors, tf.conv2d(a as tf.Tensor4D, b as tf.Tensor4D, strides, padding))),
      );
      const fast = gradients([x, filter]);
      useOriginalConvolutions();
      const original = gradients([x, filter]);
      fast.forEach((gradient, i) => {
        const error = tf.max(tf.abs(tf.sub(gradient, original[i]))).dataSync()[0];
        expect(error).toBeLessThan(1e-4);
      });
    }),
    { numRuns: 60, seed: 3 },
  );
});
