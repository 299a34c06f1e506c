import type { Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { equalMask, reshape, resize } from "../../onnx/shaping";
import type { ImageShape, InPhases } from "../operand";
import { belowAll } from "../window";
import type { Blocks } from "./blocks";
import { interleaved } from "./interleave";
import type { BlockedOperators } from "./operators";

/** Whether windows are pairs of pixels of pairs of rows: 2x2 with stride 2, from the first pixel on. */
export function isPaired({ kernel, strides, padding }: Window): boolean {
  return [...kernel, ...strides].every((size) => size === 2) && padding[0] + padding[1] === 0;
}

/**
 * Packed gradient of max pooling with paired windows, from what is packed. Of the four elements of each window the first
 * that equals the maximum takes the gradient. The upper row takes it where its own maximum is the window's, and within
 * a row the left one likewise; maxima of parts of a window come from the pooling operator with a smaller kernel, so that
 * all arithmetic is on a quarter of the elements.
 */
export function pairedMaxPoolGradient(
  graph: GraphBuilder,
  blocks: Blocks,
  operators: BlockedOperators,
  { gradient, image, pooled }: { gradient: string; image: string; pooled: string },
  { image: shape, output }: { image: ImageShape; output: ImageShape },
): InPhases {
  const [rows, height, width, channels] = shape;
  const [, halfHeight, halfWidth] = output;
  const all = blocks.roundUp(channels);
  const stack = (rows * all) / blocks.size;
  const whole = [stack, height, width, blocks.size];
  const paired = [stack, 2 * halfHeight, 2 * halfWidth, blocks.size];
  // An odd last row or column belongs to no window, or with padding to half a window.
  const even =
    2 * halfHeight === height && 2 * halfWidth === width
      ? image
      : reshape(graph, resize(graph, reshape(graph, image, whole), whole, paired, belowAll), [
          rows,
          all,
          2 * halfHeight,
          2 * halfWidth,
        ]);
  const corner = (kernel: [number, number]) =>
    operators.maxPool(graph, even, { kernel_shape: kernel, strides: [2, 2] });
  const where = (part: string) => equalMask(graph, part, pooled);
  const upper = graph.op("Mul", [gradient, where(corner([1, 2]))]);
  const lower = graph.op("Sub", [gradient, upper]);
  const upperLeft = graph.op("Mul", [upper, where(corner([1, 1]))]);
  const upperRight = graph.op("Sub", [upper, upperLeft]);
  const lowerLeft = graph.op("Mul", [lower, where(corner([2, 1]))]);
  const lowerRight = graph.op("Sub", [lower, lowerLeft]);
  const parts = [
    [upperLeft, upperRight],
    [lowerLeft, lowerRight],
  ];
  const join = () => {
    const lines = [stack * halfHeight, halfWidth, blocks.size] as const;
    const joined = reshape(graph, interleaved(graph, parts, lines), paired);
    return reshape(graph, resize(graph, joined, paired, whole), [rows, all, height, width]);
  };
  return { parts, size: [halfHeight, halfWidth], join };
}
