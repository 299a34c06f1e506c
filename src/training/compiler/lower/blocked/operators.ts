import type { Attribute, GraphBuilder } from "../../onnx/graph-builder";

type Attributes = Readonly<Record<string, Attribute>>;

/**
 * ONNX Runtime's operators on images in blocks of channels: of logical shape [rows, channels, height,
 * width], in memory [rows, channels / block, height, width, block]. They are internal to it (it uses them
 * itself where filters are constant), so its version is pinned and each model is verified before use.
 */
export interface BlockedOperators {
  /**
   * Image, filter and optional bias. In memory a filter is [output blocks, input blocks, height, width,
   * inputs, outputs]. A narrow image, one of fewer channels than a block, is in NCHW, and its filter
   * [output blocks, input channels, height, width, outputs].
   */
  convolution(
    graph: GraphBuilder,
    inputs: readonly string[],
    attributes: Attributes,
    narrow: boolean,
  ): string;
  /**
   * Each channel times its scale [channels, 1, 1, 1], plus its shift [channels] and an image, where these
   * are given (an empty name stands for none).
   */
  scaled(
    graph: GraphBuilder,
    inputs: readonly string[],
    attributes: Attributes & { readonly group: number },
  ): string;
  maxPool(graph: GraphBuilder, image: string, attributes: Attributes): string;
  /** Elements outside the image do not count. */
  averagePool(graph: GraphBuilder, image: string, attributes: Attributes): string;
  /** Means over height and width: [rows, channels, 1, 1]. */
  globalAveragePool(graph: GraphBuilder, image: string): string;
  /** A multiple of the block's channels to blocks. */
  reorderInput(graph: GraphBuilder, image: string, order?: ChannelOrder): string;
  /** Blocks to the first `channels`. */
  reorderOutput(graph: GraphBuilder, image: string, channels: number, order?: ChannelOrder): string;
}

/** Where the channels of what is no image in blocks are; "nchw" where nothing is said. */
type ChannelOrder = "nchw" | "nhwc";

const domain = "com.microsoft.nchwc";

export const nativeOperators: BlockedOperators = {
  // It knows a narrow image by its number of channels.
  convolution: (graph, inputs, attributes) => graph.op("Conv", inputs, { domain, attributes }),
  scaled: (graph, inputs, attributes) =>
    graph.op("Conv", inputs, { domain, attributes: { ...attributes, kernel_shape: [1, 1] } }),
  averagePool: (graph, image, attributes) =>
    graph.op("AveragePool", [image], { domain, attributes }),
  maxPool: (graph, image, attributes) => graph.op("MaxPool", [image], { domain, attributes }),
  globalAveragePool: (graph, image) => graph.op("GlobalAveragePool", [image], { domain }),
  reorderInput: (graph, image, order) =>
    graph.op("ReorderInput", [image], {
      domain,
      attributes: { channels_last: Number(order === "nhwc") },
    }),
  reorderOutput: (graph, image, channels, order) =>
    graph.op("ReorderOutput", [image], {
      domain,
      attributes: { channels, channels_last: Number(order === "nhwc") },
    }),
};
