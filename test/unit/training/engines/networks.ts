import type { ModelDefinition } from "../../../../src/training/models";
import { testModel } from "./comparison";

/** Small networks that between them have every kind of layer, padding, stride and broken block. */
export const networks: Record<string, ModelDefinition> = {
  "dense layers": testModel([5, 3, 2], 7, (net) =>
    net.flatten().dense(9, "relu").dropout(0.3).dense(7),
  ),
  "a dense layer without activation before another, one logit": testModel([4, 4, 1], 1, (net) =>
    net.flatten().dense(6).dense(1),
  ),
  "convolutions of whole blocks": testModel([7, 7, 16], 4, (net) =>
    net
      .convolution({ filters: 32, kernelSize: 3, activation: "relu" })
      .convolution({ filters: 16, kernelSize: 3 })
      .flatten()
      .dense(4),
  ),
  "convolutions of broken blocks": testModel([7, 6, 3], 4, (net) =>
    net
      .convolution({ filters: 5, kernelSize: 3, activation: "relu" })
      .convolution({ filters: 19, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 3, kernelSize: 2, activation: "relu" })
      .flatten()
      .dense(4),
  ),
  "padding 'same', odd and even kernels": testModel([6, 7, 1], 3, (net) =>
    net
      .convolution({ filters: 8, kernelSize: 3, padding: "same", activation: "relu" })
      .convolution({ filters: 16, kernelSize: 4, padding: "same", activation: "relu" })
      .convolution({ filters: 4, kernelSize: 5, padding: "same" })
      .flatten()
      .dense(3),
  ),
  "strides with padding 'same' and 'valid'": testModel([11, 10, 3], 3, (net) =>
    net
      .convolution({ filters: 12, kernelSize: 3, strides: 2, padding: "same", activation: "relu" })
      .convolution({ filters: 16, kernelSize: 3, strides: 2, activation: "relu" })
      .flatten()
      .dense(3),
  ),
  "strides that leave rows out": testModel([11, 12, 2], 3, (net) =>
    net
      .convolution({ filters: 6, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 6, kernelSize: 2, strides: 3, activation: "relu" })
      .flatten()
      .dense(3),
  ),
  "1x1 convolutions, strided too": testModel([6, 5, 4], 3, (net) =>
    net
      .convolution({ filters: 16, kernelSize: 1, activation: "relu" })
      .convolution({ filters: 8, kernelSize: 1, strides: 2, activation: "relu" })
      .convolution({ filters: 8, kernelSize: 1, strides: 2, padding: "same" })
      .flatten()
      .dense(3),
  ),
  "pooling of even sizes": testModel([8, 8, 2], 3, (net) =>
    net
      .convolution({ filters: 16, kernelSize: 3, padding: "same", activation: "relu" })
      .maxPooling()
      .convolution({ filters: 16, kernelSize: 1 })
      .maxPooling()
      .flatten()
      .dense(3),
  ),
  "pooling of odd sizes and broken blocks": testModel([9, 10, 3], 3, (net) =>
    net
      .convolution({ filters: 10, kernelSize: 2, activation: "relu" })
      .convolution({ filters: 5, kernelSize: 2, activation: "relu" })
      .maxPooling()
      .flatten()
      .dense(3),
  ),
  "pooling of odd sizes with padding 'same'": testModel([7, 9, 3], 3, (net) =>
    net
      .convolution({ filters: 7, kernelSize: 3, padding: "same" })
      .maxPooling(2, "same")
      .flatten()
      .dense(3),
  ),
  "pooling first": testModel([6, 6, 3], 3, (net) =>
    net.maxPooling().convolution({ filters: 4, kernelSize: 2 }).flatten().dense(3),
  ),
  "dropout between convolutions": testModel([6, 6, 3], 2, (net) =>
    net
      .convolution({ filters: 8, kernelSize: 2, activation: "relu" })
      .dropout(0.4)
      .convolution({ filters: 16, kernelSize: 2, activation: "relu" })
      .dropout(0.25)
      .flatten()
      .dropout(0.5)
      .dense(2),
  ),
};
