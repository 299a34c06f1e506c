import type { NetworkBuilder } from "./network";

/** The convolutional MNIST demo with one logit for two digits; 1,198,721 parameters on 28x28x1. */
export function tfMnist(network: NetworkBuilder): NetworkBuilder {
  return network
    .convolution({ filters: 32, kernelSize: 3, activation: "relu" })
    .convolution({ filters: 64, kernelSize: 3, activation: "relu" })
    .maxPooling()
    .dropout(0.25)
    .flatten()
    .dense(128, "relu")
    .dropout(0.5)
    .dense(1);
}
