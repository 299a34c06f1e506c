import { equalMask, reshape, resize } from "../../onnx/shaping";
import type { SpatialLayout } from "../layout";
import { imageShape } from "../operand";
import { assertFastPooling, belowAll } from "../window";
import type { Blocks } from "./blocks";
import type { BlockedOperators } from "./operators";

/** Max pooling in blocks, and its gradient for windows of 2x2. */
export function blockedPooling(
  blocks: Blocks,
  operators: BlockedOperators,
): Pick<SpatialLayout, "maxPool" | "maxPoolGradient"> {
  return {
    maxPool: (graph, image, { kernel, strides, padding }) =>
      operators.maxPool(graph, image.packed(), { kernel_shape: kernel, strides, pads: padding }),

    /**
     * Of the four elements of each window the first that equals the maximum takes the gradient. The upper
     * row takes it where its own maximum is the window's, and within a row the left one likewise; maxima
     * of parts of a window come from the pooling operator with a smaller kernel.
     */
    maxPoolGradient(graph, { gradient, image, pooled }, window) {
      assertFastPooling(window);
      const [rows, height, width, channels] = imageShape(image);
      const [, halfHeight, halfWidth] = imageShape(pooled);
      const stack = (rows * blocks.roundUp(channels)) / blocks.size;
      const whole = [stack, height, width, blocks.size];
      const paired = [stack, 2 * halfHeight, 2 * halfWidth, blocks.size];
      const logical = [rows, blocks.roundUp(channels), 2 * halfHeight, 2 * halfWidth];
      // An odd last row or column belongs to no window, or with padding to half a window.
      const even =
        2 * halfHeight === height && 2 * halfWidth === width
          ? image.packed()
          : reshape(
              graph,
              resize(graph, reshape(graph, image.packed(), whole), whole, paired, belowAll),
              logical,
            );
      const corner = (kernel: [number, number]) =>
        operators.maxPool(graph, even, { kernel_shape: kernel, strides: [2, 2] });
      const where = (part: string) => equalMask(graph, part, pooled.packed());
      const dy = gradient.packed();
      const upper = graph.op("Mul", [dy, where(corner([1, 2]))]);
      const lower = graph.op("Sub", [dy, upper]);
      const upperLeft = graph.op("Mul", [upper, where(corner([1, 1]))]);
      const upperRight = graph.op("Sub", [upper, upperLeft]);
      const lowerLeft = graph.op("Mul", [lower, where(corner([2, 1]))]);
      const lowerRight = graph.op("Sub", [lower, lowerLeft]);
      const places = stack * halfHeight * halfWidth;
      const interleave = (left: string, right: string) =>
        graph.op(
          "Concat",
          [left, right].map((part) => reshape(graph, part, [places, 1, blocks.size])),
          { attributes: { axis: 1 } },
        );
      const lines = [interleave(upperLeft, upperRight), interleave(lowerLeft, lowerRight)].map(
        (line) => reshape(graph, line, [stack * halfHeight, 2 * halfWidth * blocks.size]),
      );
      const spread = graph.op("Concat", lines, { attributes: { axis: 1 } });
      const result = resize(graph, reshape(graph, spread, paired), paired, whole);
      return reshape(graph, result, [rows, blocks.roundUp(channels), height, width]);
    },
  };
}
