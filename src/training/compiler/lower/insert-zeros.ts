import type { GraphBuilder } from "../onnx/graph-builder";
import { pad, reshape } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { blocksOf, packedFrom } from "./memory";
import { type ImageShape } from "./operand";

/**
 * A packed image of `shape` with the pixels of a packed image [rows, height, width, channels] at every `strides`-th
 * place, from the first on, and zeros elsewhere.
 */
export function insertZeros(
  graph: GraphBuilder,
  layout: Pick<SpatialLayout, "block">,
  packed: string,
  strides: readonly [number, number],
  from: readonly [height: number, width: number],
  shape: ImageShape,
): string {
  const [rows, height, width] = shape;
  const images = rows * blocksOf(layout, shape);
  const [fromHeight, fromWidth] = from;
  const { block } = layout;
  const line = fromWidth * strides[1] * block;
  const pixels = reshape(graph, packed, [images * fromHeight * fromWidth, 1, block]);
  const wide = pad(graph, pixels, [0, 0, 0], [0, strides[1] - 1, 0]);
  const lines = reshape(graph, wide, [images, fromHeight, 1, line]);
  const cut = pad(graph, lines, [0, 0, 0, 0], [0, 0, 0, width * block - line]);
  const tall = pad(graph, cut, [0, 0, 0, 0], [0, 0, strides[0] - 1, 0]);
  const whole = reshape(graph, tall, [images, fromHeight * strides[0], width * block]);
  const result = pad(graph, whole, [0, 0, 0], [0, height - fromHeight * strides[0], 0]);
  return packedFrom(graph, layout, result, shape);
}
