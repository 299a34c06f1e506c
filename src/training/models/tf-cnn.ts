import type { NetworkBuilder } from "./network";

/** TensorFlow's convolutional network tutorial; 122,570 parameters on 32x32x3. */
export function tfCnn(network: NetworkBuilder): NetworkBuilder {
  return network
    .convolution({ filters: 32, kernelSize: 3, activation: "relu" })
    .maxPooling()
    .convolution({ filters: 64, kernelSize: 3, activation: "relu" })
    .maxPooling()
    .convolution({ filters: 64, kernelSize: 3, activation: "relu" })
    .flatten()
    .dense(64, "relu")
    .dense(10);
}
