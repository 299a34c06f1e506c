import { reshape, resize } from "../../onnx/shaping";
import type { SpatialLayout } from "../layout";
import { imageShape } from "../operand";
import { maxPoolGradient } from "../pooling";
import { poolAttributes } from "../window";
import { blockedAffine } from "./affine";
import { Blocks } from "./blocks";
import { blockedConvolution } from "./convolution";
import { isPaired, pairedMaxPoolGradient } from "./paired-pooling";
import { type BlockedOperators, nativeOperators } from "./operators";

/** Images in blocks of 8 or 16 channels, by ONNX Runtime's own operators for them. */
export function blockedLayout(
  size: 8 | 16,
  operators: BlockedOperators = nativeOperators,
): SpatialLayout {
  const blocks = new Blocks(size, operators);
  const maxPool: SpatialLayout["maxPool"] = (graph, packed, window) =>
    operators.maxPool(graph, packed, poolAttributes(window));
  return {
    name: `nchwc${size}`,
    block: size,
    pack: (graph, plain, shape) => blocks.pack(graph, plain, shape),
    unpack: (graph, packed, [, , , channels]) => blocks.unpack(graph, packed, channels),
    ...blockedConvolution(blocks, operators),

    affine: (graph, operands, activation) =>
      blockedAffine(graph, blocks, operators, operands, activation),

    mixChannels(graph, packed, { matrix, shift, channels }) {
      const all = blocks.roundUp(channels);
      const bias = graph.constant("float32", [all], new Float32Array(all).fill(shift));
      const inputs = [packed, blocks.constantFilter(graph, matrix, channels), bias];
      return operators.convolution(graph, inputs, { kernel_shape: [1, 1] }, false);
    },

    maxPool,

    maxPoolGradient: (graph, packed, shapes) =>
      isPaired(shapes.window)
        ? pairedMaxPoolGradient(graph, blocks, operators, packed, shapes)
        : maxPoolGradient(graph, { block: size, maxPool }, packed, shapes),

    averagePool: (graph, packed, window) =>
      operators.averagePool(graph, packed, poolAttributes(window)),

    channelSums(graph, image) {
      const [rows, height, width, channels] = imageShape(image);
      const all = blocks.roundUp(channels);
      const means = operators.globalAveragePool(graph, image.packed());
      const sums = graph.op("ReduceSum", [reshape(graph, means, [rows, all]), graph.int64s([0])], {
        attributes: { keepdims: 0 },
      });
      const scaled = graph.op("Mul", [sums, graph.scalar(height * width)]);
      return resize(graph, scaled, [all], [channels]);
    },

    placeMeans: (graph, packed) => operators.globalAveragePool(graph, packed),
  };
}
