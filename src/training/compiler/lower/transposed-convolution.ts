import type { Window } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import { transpose } from "../onnx/shaping";
import type { ImageShape } from "./operand";
import { spannedSize, windowAttributes } from "./window";

/**
 * Gradient of a convolution with respect to the image, in NCHW: `gradient` NCHW, `filter` HWIO; shapes are
 * NHWC.
 */
export function transposedConvolution(
  graph: GraphBuilder,
  { gradient, filter }: { gradient: string; filter: string },
  {
    window,
    gradientShape,
    imageShape,
  }: { window: Window; gradientShape: ImageShape; imageShape: ImageShape },
): string {
  const weights = transpose(graph, filter, [3, 2, 0, 1]);
  const [top, left, bottom, right] = window.padding;
  // Rows and columns at the end that no window reached have no gradient.
  const unreached = [
    imageShape[1] + top + bottom - spannedSize(window, 0, gradientShape[1]),
    imageShape[2] + left + right - spannedSize(window, 1, gradientShape[2]),
  ];
  return graph.op("ConvTranspose", [gradient, weights], {
    attributes: { ...windowAttributes(window), output_padding: unreached },
  });
}
