import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize, transpose } from "../../onnx/shaping";
import { type ImageShape, type Operand, imageShape } from "../operand";
import type { Blocks } from "./blocks";
import type { BlockedOperators } from "./operators";

/** An image in NCHW, from whichever form it has. */
export function toNchw(graph: GraphBuilder, operators: BlockedOperators, image: Operand): string {
  const [rows, height, width, channels] = imageShape(image);
  return image.derived("nchw", () => {
    if (image.isPacked) return operators.reorderOutput(graph, image.packed(), channels);
    return channels === 1
      ? reshape(graph, image.plain(), [rows, channels, height, width])
      : transpose(graph, image.plain(), [0, 3, 1, 2]);
  });
}

/** Blocks from an image in NCHW; `shape` is NHWC. */
export function fromNchw(
  graph: GraphBuilder,
  operators: BlockedOperators,
  blocks: Blocks,
  image: string,
  [rows, height, width, channels]: ImageShape,
): string {
  const whole = [rows, blocks.roundUp(channels), height, width];
  return operators.reorderInput(
    graph,
    resize(graph, image, [rows, channels, height, width], whole),
  );
}
