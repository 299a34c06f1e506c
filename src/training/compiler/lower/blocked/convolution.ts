import type { GraphBuilder } from "../../onnx/graph-builder";
import { pad, reshape, resize, transpose } from "../../onnx/shaping";
import type { SpatialLayout } from "../layout";
import { type Operand, imageShape } from "../operand";
import { transposedConvolution } from "../transposed-convolution";
import { spannedSize } from "../window";
import type { Blocks } from "./blocks";
import { fromNchw, toNchw } from "./nchw";
import type { BlockedOperators } from "./operators";

type Lowerings = Pick<
  SpatialLayout,
  "convolution" | "convolutionInputGradient" | "convolutionFilterGradient"
>;

/** Convolutions in blocks: each of the three products is one blocked convolution. */
export function blockedConvolution(blocks: Blocks, operators: BlockedOperators): Lowerings {
  return {
    convolution(graph, { image, filter, bias }, { window, relu }) {
      const [, , , channels] = imageShape(image);
      const outputs = filter.shape[3];
      const narrow = channels < blocks.size && !image.isPacked;
      const weights = filter.plain();
      const inputs = narrow
        ? [toNchw(graph, operators, image), blocks.narrowFilter(graph, weights, filter.shape)]
        : [image.packed(), blocks.filter(graph, weights, filter.shape)];
      if (bias) inputs.push(resize(graph, bias.plain(), [outputs], [blocks.roundUp(outputs)]));
      return operators.convolution(graph, inputs, {
        kernel_shape: window.kernel,
        strides: window.strides,
        dilations: window.dilations,
        pads: window.padding,
        ...(relu && { activation: "Relu" }),
      });
    },

    convolutionInputGradient(graph, { gradient, filter }, options) {
      const { window, imageShape: shape } = options;
      if (window.strides.some((stride) => stride !== 1)) {
        // The blocked operators have no transposed convolution.
        const result = transposedConvolution(
          graph,
          { gradient: toNchw(graph, operators, gradient), filter: filter.plain() },
          { window, gradientShape: imageShape(gradient), imageShape: shape },
        );
        return fromNchw(graph, operators, blocks, result, shape);
      }
      const [height, width] = window.kernel;
      const [top, left, bottom, right] = window.padding;
      return operators.convolution(
        graph,
        [gradient.packed(), blocks.turnedFilter(graph, filter.plain(), filter.shape)],
        {
          kernel_shape: window.kernel,
          pads: [height - 1 - top, width - 1 - left, height - 1 - bottom, width - 1 - right],
        },
      );
    },

    /**
     * The images are convolved with the output gradients: images' channels as rows, rows as channels.
     * Strides become dilations.
     */
    convolutionFilterGradient(graph, { image, gradient }, { window }) {
      const [rows, height, width, inputs] = imageShape(image);
      const [, outputHeight, outputWidth, outputs] = imageShape(gradient);
      const outs = blocks.roundUp(outputs);
      const narrow = rows < blocks.size;
      const channels = narrow ? rows : blocks.roundUp(rows);
      const [top, left] = window.padding;
      // Padded beforehand: the operator's own padding takes a slow path on every output here.
      const exchanged = pad(
        graph,
        transpose(graph, toNchw(graph, operators, image), [1, 0, 2, 3]),
        [0, 0, top, left],
        [
          0,
          channels - rows,
          spannedSize(window, 0, outputHeight) - height - top,
          spannedSize(window, 1, outputWidth) - width - left,
        ],
      );
      const weights = gradientFilter(graph, blocks, gradient, channels);
      const result = operators.convolution(
        graph,
        [narrow ? exchanged : operators.reorderInput(graph, exchanged), weights],
        { kernel_shape: [outputHeight, outputWidth], dilations: window.strides },
      );
      const [kernelHeight, kernelWidth] = window.kernel;
      const taps = kernelHeight * kernelWidth;
      const ordered = transpose(
        graph,
        reshape(graph, result, [inputs, outs / blocks.size, taps, blocks.size]),
        [2, 0, 1, 3],
      );
      const whole = [kernelHeight, kernelWidth, inputs, outs];
      return resize(graph, reshape(graph, ordered, whole), whole, [...whole.slice(0, 3), outputs]);
    },
  };
}

/**
 * The output gradient as a filter, with rows for input channels (`channels`, where that is more: zeros)
 * and output channels for outputs.
 */
function gradientFilter(
  graph: GraphBuilder,
  blocks: Blocks,
  gradient: Operand,
  channels: number,
): string {
  const { size } = blocks;
  const [rows, height, width, outputs] = imageShape(gradient);
  const outs = blocks.roundUp(outputs);
  const rest = [outs / size, height * width, size];
  const split = reshape(graph, gradient.packed(), [rows, ...rest]);
  const shape = [outs, channels, height, width];
  if (channels < size) return reshape(graph, transpose(graph, split, [1, 0, 2, 3]), shape);
  const whole = resize(graph, split, [rows, ...rest], [channels, ...rest]);
  const blocked = reshape(graph, whole, [channels / size, size, ...rest]);
  return reshape(graph, transpose(graph, blocked, [2, 0, 3, 1, 4]), shape);
}
