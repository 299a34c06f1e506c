import type { Window } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import { reshape } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { type Line, maximumGradient, spread } from "./lines";
import { blocksOf, packedFrom } from "./memory";
import type { ImageShape } from "./operand";

/** The two axes of an image of which the windows give `output`: height with whole lines, width pixel by pixel. */
function linesOf(
  layout: Pick<SpatialLayout, "block">,
  window: Window,
  image: ImageShape,
  output: ImageShape,
): { vertical: Line; horizontal: Line } {
  const [rows, height, width] = image;
  const images = rows * blocksOf(layout, image);
  const along = (axis: 0 | 1) => ({
    kernel: window.kernel[axis],
    stride: window.strides[axis],
    padding: window.padding[axis],
    count: output[1 + axis],
  });
  return {
    vertical: { before: images, size: height, after: output[2] * layout.block, ...along(0) },
    horizontal: { before: images * height, size: width, after: layout.block, ...along(1) },
  };
}

/**
 * Packed gradient of max pooling with any window. The maximum of a window is that of its lines' maxima, and
 * the first of equal elements in row-major order is the first in the first line that has it.
 */
export function maxPoolGradient(
  graph: GraphBuilder,
  layout: Pick<SpatialLayout, "block" | "maxPool">,
  packed: { gradient: string; image: string; pooled: string },
  { window, image, output }: { window: Window; image: ImageShape; output: ImageShape },
): string {
  const { vertical, horizontal } = linesOf(layout, window, image, output);
  const [, left, , right] = window.padding;
  const lineMaxima = layout.maxPool(graph, packed.image, {
    ...window,
    kernel: [1, window.kernel[1]],
    strides: [1, window.strides[1]],
    padding: [0, left, 0, right],
  });
  const ofLines = maximumGradient(
    graph,
    { gradient: packed.gradient, x: lineMaxima, maxima: packed.pooled },
    vertical,
  );
  const ofPixels = maximumGradient(
    graph,
    { gradient: ofLines, x: packed.image, maxima: lineMaxima },
    horizontal,
  );
  return packedFrom(graph, layout, ofPixels, image);
}

/** Packed gradient of average pooling without padding: each element of a window has an equal share. */
export function averagePoolGradient(
  graph: GraphBuilder,
  layout: SpatialLayout,
  gradient: string,
  { window, image, output }: { window: Window; image: ImageShape; output: ImageShape },
): string {
  const { kernel, padding } = window;
  if (padding.some((size) => size !== 0))
    throw new Error("The gradient of average pooling is supported without padding.");
  const { vertical, horizontal } = linesOf(layout, window, image, output);
  const share = graph.op("Mul", [gradient, graph.scalar(1 / (kernel[0] * kernel[1]))]);
  const line = (part: string, { before, count, after }: Line) =>
    reshape(graph, part, [before, count, after]);
  const repeated = (part: string, count: number) => Array.from({ length: count }, () => part);
  const ofLines = spread(graph, repeated(line(share, vertical), kernel[0]), vertical);
  const ofPixels = spread(graph, repeated(line(ofLines, horizontal), kernel[1]), horizontal);
  return packedFrom(graph, layout, ofPixels, image);
}

/** Packed image of which each pixel is repeated. */
export function upsample(
  graph: GraphBuilder,
  layout: SpatialLayout,
  packed: string,
  factor: number,
  [rows, height, width, channels]: ImageShape,
): string {
  const images = rows * blocksOf(layout, [rows, height, width, channels]);
  const repeat = (x: string, before: number, after: number) => {
    const part = reshape(graph, x, [before, 1, after]);
    return graph.op(
      "Concat",
      Array.from({ length: factor }, () => part),
      {
        attributes: { axis: 1 },
      },
    );
  };
  const wide = repeat(packed, images * height * width, layout.block);
  const whole = repeat(wide, images * height, width * factor * layout.block);
  return packedFrom(graph, layout, whole, [rows, height * factor, width * factor, channels]);
}

/** Packed gradient of upsampling: the sum over each pixel's repetitions. */
export function upsampleGradient(
  graph: GraphBuilder,
  layout: SpatialLayout,
  gradient: string,
  factor: number,
): string {
  const means = layout.averagePool(graph, gradient, {
    kernel: [factor, factor],
    strides: [factor, factor],
    dilations: [1, 1],
    padding: [0, 0, 0, 0],
  });
  return graph.op("Mul", [means, graph.scalar(factor * factor)]);
}
