import type { GraphBuilder } from "../onnx/graph-builder";
import { reshape } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import type { ImageShape } from "./operand";

/** Blocks of channels of an image. */
export function blocksOf(
  { block }: Pick<SpatialLayout, "block">,
  [, , , channels]: ImageShape,
): number {
  return Math.ceil(channels / block);
}

/** How a packed image of the (NHWC) shape lies in memory: [rows, blocks, height, width, channels of a block]. */
export function memoryShape(layout: SpatialLayout, shape: ImageShape): number[] {
  const [rows, height, width] = shape;
  return [rows, blocksOf(layout, shape), height, width, layout.block];
}

/** A packed image under its logical shape, that of `shape` (NHWC), from what lies in memory like it. */
export function packedFrom(
  graph: GraphBuilder,
  layout: Pick<SpatialLayout, "block">,
  memory: string,
  shape: ImageShape,
): string {
  const [rows, height, width] = shape;
  return reshape(graph, memory, [rows, blocksOf(layout, shape) * layout.block, height, width]);
}
