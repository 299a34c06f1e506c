import type { Window } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { ImageShape, Operand } from "./operand";

export interface ConvolutionOptions {
  readonly window: Window;
  readonly relu: boolean;
  readonly outputShape: ImageShape;
}

/**
 * How images lie in memory while convolutions and pooling work on them. Names are tensors of the graph;
 * "packed" is this layout's order, "plain" is NHWC (images) and HWIO (filters).
 */
export interface SpatialLayout {
  readonly name: "nchwc8" | "nchwc16" | "plain";
  pack(graph: GraphBuilder, plain: string, shape: ImageShape): string;
  unpack(graph: GraphBuilder, packed: string, shape: ImageShape): string;
  /** Packed convolution, with bias [channels] and ReLU where asked for. */
  convolution(
    graph: GraphBuilder,
    operands: { image: Operand; filter: Operand; bias: Operand | undefined },
    options: ConvolutionOptions,
  ): string;
  /** Packed gradient with respect to the image, whose shape is `imageShape`. */
  convolutionInputGradient(
    graph: GraphBuilder,
    operands: { gradient: Operand; filter: Operand },
    options: { window: Window; imageShape: ImageShape },
  ): string;
  /** Plain (HWIO) gradient with respect to the filter. */
  convolutionFilterGradient(
    graph: GraphBuilder,
    operands: { image: Operand; gradient: Operand },
    options: { window: Window },
  ): string;
  maxPool(graph: GraphBuilder, image: Operand, window: Window, outputShape: ImageShape): string;
  /** Packed gradient of a 2x2 max pooling with stride 2. */
  maxPoolGradient(
    graph: GraphBuilder,
    operands: { gradient: Operand; image: Operand; pooled: Operand },
    window: Window,
  ): string;
  /** Sum over rows and places: [channels]. */
  channelSums(graph: GraphBuilder, image: Operand): string;
}
