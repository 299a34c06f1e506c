import type { Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, transpose } from "../../onnx/shaping";
import { type Operand, imageShape } from "../operand";
import { poolAttributes } from "../window";
import { toNchw } from "./nchw";
import type { BlockedOperators } from "./operators";

/** Whether the windows are of one pixel each, and of the image. */
export function isOnePixel({ kernel, padding }: Window): boolean {
  return kernel.every((size) => size === 1) && padding.every((size) => size === 0);
}

/**
 * The gradient, plain (HWIO), of a filter of one pixel: the pixels that it met [inputs, pixels] by gradients
 * [pixels, outputs].
 */
export function pixelFilterGradient(
  graph: GraphBuilder,
  operators: BlockedOperators,
  { image, gradient, window }: { image: Operand; gradient: Operand; window: Window },
): string {
  const [rows, height, width, outputs] = imageShape(gradient);
  const inputs = image.shape[3];
  const isWhole = image.shape[1] === height && image.shape[2] === width;
  // Pooling with windows of one pixel leaves out what strides do.
  const met = isWhole
    ? toNchw(graph, operators, image)
    : operators.reorderOutput(
        graph,
        operators.maxPool(graph, image.packed(), poolAttributes(window)),
        inputs,
      );
  const matrix = (nchw: string, channels: number) =>
    reshape(graph, transpose(graph, nchw, [1, 0, 2, 3]), [channels, rows * height * width]);
  const factors = [matrix(met, inputs), matrix(toNchw(graph, operators, gradient), outputs)];
  const product = graph.op("Gemm", factors, { attributes: { transB: 1 } });
  return reshape(graph, product, [1, 1, inputs, outputs]);
}
