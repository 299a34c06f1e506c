import type { StackOf } from "./classifier";

/**
 * AlexNet (Krizhevsky et al. 2012) in one tower: local response normalization and overlapping pooling as published,
 * but each convolution sees all channels, for tfjs has no grouped convolutions. 227 pixels, for the paper's 224 do not
 * fit its own first layer. Kernels are drawn as Glorot and Bengio do: the paper's (a deviation of 0.01, some biases of
 * 1) are for inputs of some 100 and vanish on inputs of some 1.
 */
export const alexNet: StackOf =
  ({ filters, outputs }) =>
  (network) =>
    network
      .convolution({
        name: "conv1",
        filters: filters(96),
        kernelSize: 11,
        strides: 4,
        activation: "relu",
      })
      .localResponseNormalization()
      .maxPooling(3, "valid", 2)
      .convolution({
        name: "conv2",
        filters: filters(256),
        kernelSize: 5,
        padding: "same",
        activation: "relu",
      })
      .localResponseNormalization()
      .maxPooling(3, "valid", 2)
      .convolution({ name: "conv3", filters: filters(384), ...small })
      .convolution({ name: "conv4", filters: filters(384), ...small })
      .convolution({ name: "conv5", filters: filters(256), ...small })
      .maxPooling(3, "valid", 2)
      .flatten()
      .dropout(0.5)
      .dense(filters(4096), "relu", "fc6")
      .dropout(0.5)
      .dense(filters(4096), "relu", "fc7")
      .dense(outputs, undefined, "fc8");

const small = { kernelSize: 3, padding: "same", activation: "relu" } as const;
