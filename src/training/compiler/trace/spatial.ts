import { backend_util } from "@tensorflow/tfjs-core";
import type {
  Conv2DAttrs,
  Conv2DBackpropFilterAttrs,
  Conv2DBackpropInputAttrs,
  FusedConv2DAttrs,
  MaxPoolAttrs,
  MaxPoolGradAttrs,
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

function pooling(image: number[], attributes: MaxPoolAttrs | MaxPoolGradAttrs) {
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

/** Registers 2-D convolution and max pooling with their gradients. */
export function registerSpatial(): void {
  recordKernel<Conv2DAttrs>("Conv2D", (recorder, inputs, attributes) => {
    const [x, filter] = [inputs.get("x"), inputs.get("filter")];
    const { window, shape } = convolution(x.shape, filter.shape, attributes);
    return recorder.emit({ op: "convolution", window, relu: false }, [x, filter], shape);
  });
  recordKernel<FusedConv2DAttrs>("FusedConv2D", (recorder, inputs, attributes) => {
    const [x, filter] = [inputs.get("x"), inputs.get("filter")];
    const { window, shape } = convolution(x.shape, filter.shape, attributes);
    const sum = recorder.emit({ op: "convolution", window, relu: false }, [x, filter], shape);
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
}
