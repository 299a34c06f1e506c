import { equalMask, pad, reshape, resize, transpose } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { imageShape } from "./operand";
import { transposedConvolution } from "./transposed-convolution";
import { assertFastPooling, belowAll, spannedSize, windowAttributes } from "./window";

/** NCHW with standard ONNX operators: any execution provider runs it. */
export const plainLayout: SpatialLayout = {
  name: "plain",

  pack: (graph, plain, [rows, height, width, channels]) =>
    channels === 1
      ? reshape(graph, plain, [rows, channels, height, width])
      : transpose(graph, plain, [0, 3, 1, 2]),

  unpack: (graph, packed, [rows, height, width, channels]) =>
    channels === 1
      ? reshape(graph, packed, [rows, height, width, channels])
      : transpose(graph, packed, [0, 2, 3, 1]),

  convolution(graph, { image, filter, bias }, { window, relu }) {
    const weights = transpose(graph, filter.plain(), [3, 2, 0, 1]);
    const inputs = [image.packed(), weights, ...(bias ? [bias.plain()] : [])];
    const sum = graph.op("Conv", inputs, { attributes: windowAttributes(window) });
    return relu ? graph.op("Relu", [sum]) : sum;
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

  maxPool: (graph, image, window) =>
    graph.op("MaxPool", [image.packed()], {
      attributes: {
        kernel_shape: window.kernel,
        strides: window.strides,
        pads: window.padding,
      },
    }),

  maxPoolGradient(graph, { gradient, image, pooled }, window) {
    assertFastPooling(window);
    const [rows, height, width, channels] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(pooled);
    const whole = [rows, channels, height, width];
    const paired = [rows, channels, 2 * outputHeight, 2 * outputWidth];
    const phases = graph.op(
      "SpaceToDepth",
      [resize(graph, image.packed(), whole, paired, belowAll)],
      {
        attributes: { blocksize: 2 },
      },
    );
    const phase = (index: number) =>
      graph.op("Slice", [
        phases,
        graph.int64s([index * channels]),
        graph.int64s([(index + 1) * channels]),
        graph.int64s([1]),
      ]);
    const parts: string[] = [];
    let rest = gradient.packed();
    for (let index = 0; index < 3; index++) {
      const part = graph.op("Mul", [rest, equalMask(graph, phase(index), pooled.packed())]);
      parts.push(part);
      rest = graph.op("Sub", [rest, part]);
    }
    const joined = graph.op("Concat", [...parts, rest], { attributes: { axis: 1 } });
    const spread = graph.op("DepthToSpace", [joined], { attributes: { blocksize: 2 } });
    return resize(graph, spread, paired, whole);
  },

  channelSums: (graph, image) =>
    graph.op("ReduceSum", [image.packed(), graph.int64s([0, 2, 3])], {
      attributes: { keepdims: 0 },
    }),
};
