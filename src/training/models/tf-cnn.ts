import type { StackOf } from "./classifier";

/** TensorFlow's convolutional network tutorial; 122,570 parameters on 32x32x3. */
export const tfCnn: StackOf =
  ({ filters, outputs }) =>
  (network) =>
    network
      .convolution({ filters: filters(32), kernelSize: 3, activation: "relu" })
      .maxPooling()
      .convolution({ filters: filters(64), kernelSize: 3, activation: "relu" })
      .maxPooling()
      .convolution({ filters: filters(64), kernelSize: 3, activation: "relu" })
      .flatten()
      .dense(filters(64), "relu")
      .dense(outputs);
