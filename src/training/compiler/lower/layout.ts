import type { Activation, Window } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { ImageShape, InPhases, Operand } from "./operand";

export interface ConvolutionOptions {
  readonly window: Window;
  readonly activation: Activation;
  readonly outputShape: ImageShape;
}

/** Images and as many vectors [channels] to scale them with; a vector to add. */
export interface AffineOperands {
  readonly images: readonly Operand[];
  readonly scales: readonly Operand[];
  readonly shift: Operand;
}

/**
 * How images lie in memory while convolutions and pooling work on them. Names are tensors of the graph;
 * "packed" is this layout's order, "plain" is NHWC (images) and HWIO (filters).
 */
export interface SpatialLayout {
  readonly name: "nchwc8" | "nchwc16" | "plain";
  /**
   * Channels that lie side by side. In memory a packed image is [rows, channels / block, height, width,
   * block], channels rounded up to whole blocks; its logical shape is [rows, channels, height, width].
   */
  readonly block: number;
  pack(graph: GraphBuilder, plain: string, shape: ImageShape): string;
  unpack(graph: GraphBuilder, packed: string, shape: ImageShape): string;
  /** Packed convolution, with bias [channels] and activation where asked for. */
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
  /** Packed sum of scaled images and a shift. */
  affine(graph: GraphBuilder, operands: AffineOperands, activation: Activation): string;
  /** Packed image whose channels are mixed by a matrix [channels, channels], the same for all pixels, plus `shift`. */
  mixChannels(
    graph: GraphBuilder,
    packed: string,
    mixture: { readonly matrix: Float32Array; readonly shift: number; readonly channels: number },
  ): string;
  /** Of a packed image; the shape is the image's. */
  maxPool(graph: GraphBuilder, packed: string, window: Window): string;
  /** Packed gradient, from what is packed. */
  maxPoolGradient(
    graph: GraphBuilder,
    packed: { gradient: string; image: string; pooled: string },
    shapes: { window: Window; image: ImageShape; output: ImageShape },
  ): string | InPhases;
  averagePool(graph: GraphBuilder, packed: string, window: Window): string;
  /** Sum over rows and places: [channels]. */
  channelSums(graph: GraphBuilder, image: Operand): string;
  /** Packed means over places: [rows, 1, 1, channels]. */
  placeMeans(graph: GraphBuilder, packed: string): string;
}
