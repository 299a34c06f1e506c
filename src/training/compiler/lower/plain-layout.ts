import type { Window } from "../ir";
import { equalMask, pad, reshape, resize, transpose } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { imageShape } from "./operand";
import { assertFastPooling } from "./pooling";

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

  convolutionInputGradient(graph, { gradient, filter }, { window, imageShape: shape }) {
    const weights = transpose(graph, filter.plain(), [3, 2, 0, 1]);
    const [top, left, bottom, right] = window.padding;
    const [, height, width] = imageShape(gradient);
    // Rows and columns that the strides left out at the end have no gradient.
    const rest = [0, 1].map((axis) => {
      const spanned = ([height, width][axis] - 1) * window.strides[axis] + window.kernel[axis];
      const padded = axis === 0 ? top + bottom : left + right;
      return shape[axis + 1] + padded - spanned;
    });
    return graph.op("ConvTranspose", [gradient.packed(), weights], {
      attributes: { ...windowAttributes(window), output_padding: rest },
    });
  },

  convolutionFilterGradient(graph, { image, gradient }, { window }) {
    const [, height, width] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(gradient);
    const [top, left] = window.padding;
    // A convolution of the images over the output gradients, rows and channels exchanged.
    const spanned = [outputHeight, outputWidth].map(
      (size, axis) => (size - 1) * window.strides[axis] + window.kernel[axis],
    ) as [number, number];
    const padded = pad(
      graph,
      transpose(graph, image.packed(), [1, 0, 2, 3]),
      [0, 0, top, left],
      [0, 0, spanned[0] - height - top, spanned[1] - width - left],
    );
    const weights = transpose(graph, gradient.packed(), [1, 0, 2, 3]);
    const result = graph.op("Conv", [padded, weights], {
      attributes: { kernel_shape: [outputHeight, outputWidth], dilations: window.strides },
    });
    return transpose(graph, result, [2, 3, 0, 1]);
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
    const phases = graph.op("SpaceToDepth", [resize(graph, image.packed(), whole, paired, -3e38)], {
      attributes: { blocksize: 2 },
    });
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

function windowAttributes({ kernel, strides, dilations, padding }: Window) {
  return { kernel_shape: kernel, strides, dilations, pads: padding };
}
