import { type Activation, constantOf } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import { pad, reshape, transpose } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { maxPoolGradient } from "./pooling";
import { type Operand, imageShape } from "./operand";
import { transposedConvolution } from "./transposed-convolution";
import { poolAttributes, spannedSize, windowAttributes } from "./window";

/** NCHW with standard ONNX operators: any execution provider runs it. */
export const plainLayout: SpatialLayout = {
  name: "plain",
  block: 1,

  pack: (graph, plain, [rows, height, width, channels]) =>
    channels === 1
      ? reshape(graph, plain, [rows, channels, height, width])
      : transpose(graph, plain, [0, 3, 1, 2]),

  unpack: (graph, packed, [rows, height, width, channels]) =>
    channels === 1
      ? reshape(graph, packed, [rows, height, width, channels])
      : transpose(graph, packed, [0, 2, 3, 1]),

  convolution(graph, { image, filter, bias }, { window, activation }) {
    const weights = transpose(graph, filter.plain(), [3, 2, 0, 1]);
    const inputs = [image.packed(), weights, ...(bias ? [bias.plain()] : [])];
    const sum = graph.op("Conv", inputs, { attributes: windowAttributes(window) });
    return activated(graph, sum, activation);
  },

  convolutionInputGradient: (graph, { gradient, filter }, { window, imageShape: shape }) =>
    transposedConvolution(
      graph,
      { gradient: gradient.packed(), filter: filter.plain() },
      { window, gradientShape: imageShape(gradient), imageShape: shape },
    ),

  // The images are convolved with the output gradients, rows and channels exchanged in both.
  convolutionFilterGradient(graph, { image, gradient }, { window }) {
    const [, height, width] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(gradient);
    const [top, left] = window.padding;
    const bottom = spannedSize(window, 0, outputHeight) - height - top;
    const right = spannedSize(window, 1, outputWidth) - width - left;
    const images = transpose(graph, image.packed(), [1, 0, 2, 3]);
    const inputs = [
      pad(graph, images, [0, 0, top, left], [0, 0, bottom, right]),
      transpose(graph, gradient.packed(), [1, 0, 2, 3]),
    ];
    const attributes = { kernel_shape: [outputHeight, outputWidth], dilations: window.strides };
    return transpose(graph, graph.op("Conv", inputs, { attributes }), [2, 3, 0, 1]);
  },

  affine(graph, { images, scales, shift }, activation) {
    const vector = (operand: Operand) => reshape(graph, operand.plain(), [1, -1, 1, 1]);
    const scaled = images.map((image, i) =>
      constantOf(scales[i].value) === 1
        ? image.packed()
        : graph.op("Mul", [image.packed(), vector(scales[i])]),
    );
    const sum = scaled.reduce((total, part) => graph.op("Add", [total, part]));
    const shifted = constantOf(shift.value) === 0 ? sum : graph.op("Add", [sum, vector(shift)]);
    return activated(graph, shifted, activation);
  },

  mixChannels: (graph, packed, { matrix, shift, channels }) =>
    graph.op("Conv", [
      packed,
      graph.constant("float32", [channels, channels, 1, 1], matrix),
      graph.constant("float32", [channels], new Float32Array(channels).fill(shift)),
    ]),

  maxPool: (graph, packed, window) =>
    graph.op("MaxPool", [packed], { attributes: poolAttributes(window) }),

  maxPoolGradient: (graph, packed, shapes) => maxPoolGradient(graph, plainLayout, packed, shapes),

  averagePool: (graph, packed, window) =>
    graph.op("AveragePool", [packed], { attributes: poolAttributes(window) }),

  channelSums: (graph, image) =>
    graph.op("ReduceSum", [image.packed(), graph.int64s([0, 2, 3])], {
      attributes: { keepdims: 0 },
    }),

  placeMeans: (graph, packed) => graph.op("GlobalAveragePool", [packed]),
};

function activated(graph: GraphBuilder, x: string, activation: Activation): string {
  if (activation === "linear") return x;
  if (activation === "relu") return graph.op("Relu", [x]);
  return graph.op("LeakyRelu", [x], { attributes: { alpha: { float: activation.leaky } } });
}
