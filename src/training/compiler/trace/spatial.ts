import { backend_util } from "@tensorflow/tfjs-core";
import type {
  AvgPoolAttrs,
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  FusedConv2DAttrs,
  MaxPoolAttrs,
  MaxPoolGradAttrs,
  ResizeNearestNeighborAttrs,
} from "@tensorflow/tfjs-core";
import type { Window } from "../ir";
import { recordActivation } from "./activation";
import { recordKernel } from "./kernels";

type Shape4 = [number, number, number, number];
type ConvolutionAttributes = Pick<Conv2DAttrs, "strides" | "pad" | "dimRoundingMode"> & {
  dilations?: [number, number] | number;
  dataFormat: string;
};

function convolution(image: number[], filter: number[], attributes: ConvolutionAttributes) {
  const { strides, pad, dilations, dimRoundingMode, dataFormat } = attributes;
  if (dataFormat !== "NHWC") throw new Error(`Images in ${dataFormat} order are not supported.`);
  const info = backend_util.computeConv2DInfo(
    image as Shape4,
    filter as Shape4,
    strides,
    dilations ?? 1,
    pad,
    dimRoundingMode,
  );
  return { window: windowOf(info), shape: info.outShape };
}

function pooling(image: number[], attributes: MaxPoolAttrs | MaxPoolGradAttrs | AvgPoolAttrs) {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const info = backend_util.computePool2DInfo(
    image as Shape4,
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  );
  return { window: windowOf(info), shape: info.outShape };
}

function windowOf(info: backend_util.Conv2DInfo): Window {
  const { top, left, bottom, right } = info.padInfo;
  return {
    kernel: [info.filterHeight, info.filterWidth],
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: [top, left, bottom, right],
  };
}

/** Whole repetitions that make `size` of `image`, as many in height as in width. */
function upsampling(image: readonly number[], attributes: ResizeNearestNeighborAttrs) {
  // With whole factors the nearest pixel is the same wherever centres are taken to be.
  const { size, alignCorners } = attributes;
  const factor = size[0] / image[1];
  if (!Number.isInteger(factor) || size[1] / image[2] !== factor || alignCorners)
    throw new Error(
      `Images of ${image[1]}x${image[2]} can be resized to a multiple, not to ${size.join("x")}.`,
    );
  return factor;
}

/** Registers 2-D convolution, pooling and upsampling with their gradients. */
export function registerSpatial(): void {
  recordKernel<Conv2DAttrs>("Conv2D", (recorder, inputs, attributes) => {
    const [x, filter] = [inputs.get("x"), inputs.get("filter")];
    const { window, shape } = convolution(x.shape, filter.shape, attributes);
    return recorder.emit({ op: "convolution", window, activation: "linear" }, [x, filter], shape);
  });
  recordKernel<FusedConv2DAttrs>("FusedConv2D", (recorder, inputs, attributes) => {
    const [x, filter] = [inputs.get("x"), inputs.get("filter")];
    const { window, shape } = convolution(x.shape, filter.shape, attributes);
    const sum = recorder.emit(
      { op: "convolution", window, activation: "linear" },
      [x, filter],
      shape,
    );
    return recordActivation(recorder, sum, inputs, attributes.activation);
  });
  recordKernel<Conv2DBackpropInputAttrs>("Conv2DBackpropInput", (recorder, inputs, attributes) => {
    const [dy, filter] = [inputs.get("dy"), inputs.get("filter")];
    const { inputShape } = attributes;
    const { window } = convolution(inputShape, filter.shape, attributes);
    return recorder.emit({ op: "convolutionInputGradient", window }, [dy, filter], inputShape);
  });
  recordKernel<Conv2DBackpropFilterAttrs>(
    "Conv2DBackpropFilter",
    (recorder, inputs, attributes) => {
      const [x, dy] = [inputs.get("x"), inputs.get("dy")];
      const { filterShape } = attributes;
      const { window } = convolution(x.shape, filterShape, attributes);
      return recorder.emit({ op: "convolutionFilterGradient", window }, [x, dy], filterShape);
    },
  );
  recordKernel<MaxPoolAttrs>("MaxPool", (recorder, inputs, attributes) => {
    const x = inputs.get("x");
    const { window, shape } = pooling(x.shape, attributes);
    return recorder.emit({ op: "maxPool", window }, [x], shape);
  });
  recordKernel<MaxPoolGradAttrs>("MaxPoolGrad", (recorder, inputs, attributes) => {
    const [dy, x, y] = [inputs.get("dy"), inputs.get("input"), inputs.get("output")];
    const { window } = pooling(x.shape, attributes);
    return recorder.emit({ op: "maxPoolGradient", window }, [dy, x, y], x.shape);
  });
  recordKernel<AvgPoolAttrs>("AvgPool", (recorder, inputs, attributes) => {
    const x = inputs.get("x");
    const { window, shape } = pooling(x.shape, attributes);
    return recorder.emit({ op: "averagePool", window }, [x], shape);
  });
  recordKernel<AvgPoolAttrs>("AvgPoolGrad", (recorder, inputs, attributes) => {
    const [dy, x] = [inputs.get("dy"), inputs.get("input")];
    const { window } = pooling(x.shape, attributes);
    return recorder.emit({ op: "averagePoolGradient", window }, [dy], x.shape);
  });
  recordKernel<ResizeNearestNeighborAttrs>(
    "ResizeNearestNeighbor",
    (recorder, inputs, attributes) => {
      const x = inputs.get("images");
      const [rows, , , channels] = x.shape;
      const factor = upsampling(x.shape, attributes);
      return recorder.emit({ op: "upsample", factor }, [x], [rows, ...attributes.size, channels]);
    },
  );
  recordKernel<ResizeNearestNeighborAttrs>(
    "ResizeNearestNeighborGrad",
    (recorder, inputs, attributes) => {
      const [dy, x] = [inputs.get("dy"), inputs.get("images")];
      const size = dy.shape.slice(1, 3) as [number, number];
      const factor = upsampling(x.shape, { ...attributes, size });
      return recorder.emit({ op: "upsampleGradient", factor }, [dy], x.shape);
    },
  );
}
