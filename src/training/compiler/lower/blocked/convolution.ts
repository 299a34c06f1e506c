import { resize } from "../../onnx/shaping";
import type { SpatialLayout } from "../layout";
import { insertZeros } from "../insert-zeros";
import { imageShape } from "../operand";
import { windowAttributes } from "../window";
import { transposedConvolution } from "../transposed-convolution";
import { activationAttributes } from "./affine";
import type { Blocks } from "./blocks";
import { filterGradient } from "./filter-gradient";
import { fromNchw, toNchw } from "./nchw";
import type { BlockedOperators } from "./operators";
import { everyPixelIsReached, stridedInputGradient } from "./strided-gradient";
import { Winograd } from "./winograd";
import { winogradPays } from "./winograd-geometry";

type Lowerings = Pick<
  SpatialLayout,
  "convolution" | "convolutionInputGradient" | "convolutionFilterGradient"
>;

/** Convolutions in blocks: each of the three products is one blocked convolution. */
export function blockedConvolution(blocks: Blocks, operators: BlockedOperators): Lowerings {
  return {
    convolution(graph, { image, filter, bias }, { window, activation }) {
      const outputs = filter.shape[3];
      const geometry = { window, image: imageShape(image), outputs };
      if (winogradPays(geometry))
        return new Winograd(graph, blocks, geometry).convolution(image, filter, bias, activation);
      const channels = geometry.image[3];
      const narrow = channels < blocks.size && !image.isPacked;
      const weights = filter.plain();
      const inputs = narrow
        ? [toNchw(graph, operators, image), blocks.narrowFilter(graph, weights, filter.shape)]
        : [image.packed(), blocks.filter(graph, weights, filter.shape)];
      if (bias) inputs.push(resize(graph, bias.plain(), [outputs], [blocks.roundUp(outputs)]));
      const attributes = { ...windowAttributes(window), ...activationAttributes(activation) };
      return operators.convolution(graph, inputs, attributes, narrow);
    },

    convolutionInputGradient(graph, { gradient, filter }, options) {
      const { window, imageShape: shape } = options;
      const geometry = { window, image: shape, outputs: filter.shape[3] };
      if (winogradPays(geometry))
        return new Winograd(graph, blocks, geometry).inputGradient(gradient, filter);
      const onePixel = window.kernel.every((size) => size === 1);
      if (onePixel && window.padding.every((size) => size === 0)) {
        const [, height, width] = imageShape(gradient);
        const weights = blocks.turnedFilter(graph, filter.plain(), filter.shape);
        const pixels = operators.convolution(
          graph,
          [gradient.packed(), weights],
          { kernel_shape: window.kernel },
          false,
        );
        if (window.strides.every((stride) => stride === 1)) return pixels;
        const layout = { block: blocks.size };
        return insertZeros(graph, layout, pixels, window.strides, [height, width], shape);
      }
      const strided = window.strides.some((stride) => stride !== 1);
      if (strided && everyPixelIsReached(window))
        return stridedInputGradient(
          graph,
          blocks,
          operators,
          { gradient: gradient.packed(), filter: filter.plain() },
          { window, image: shape, output: imageShape(gradient) },
        );
      if (strided) {
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
        false,
      );
    },

    convolutionFilterGradient(graph, operands, { window }) {
      const { image, gradient } = operands;
      const geometry = { window, image: imageShape(image), outputs: gradient.shape[3] };
      return winogradPays(geometry)
        ? new Winograd(graph, blocks, geometry).filterGradient(image, gradient)
        : filterGradient(graph, blocks, operators, { ...operands, window });
    },
  };
}
