import type { StackOf } from "./classifier";

/** The convolutional MNIST demo; with one logit for two digits 1,198,721 parameters on 28x28x1, for ten 1,199,882. */
export const tfMnist: StackOf =
  ({ filters, outputs }) =>
  (network) =>
    network
      .convolution({ filters: filters(32), kernelSize: 3, activation: "relu" })
      .convolution({ filters: filters(64), kernelSize: 3, activation: "relu" })
      .maxPooling()
      .dropout(0.25)
      .flatten()
      .dense(filters(128), "relu")
      .dropout(0.5)
      .dense(outputs);
