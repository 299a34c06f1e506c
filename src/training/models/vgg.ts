import type { StackOf } from "./classifier";

/** Convolutions of each of the five blocks: Simonyan and Zisserman 2015, table 1, columns A, D and E. */
const blocks: Readonly<Record<number, readonly number[]>> = {
  11: [1, 1, 2, 2, 2],
  16: [2, 2, 3, 3, 3],
  19: [2, 2, 4, 4, 4],
};

/** VGG with Keras's layer names; kernels drawn as Glorot and Bengio do, as the paper's footnote says one can. */
export const vgg: StackOf =
  ({ filters, outputs, depth }) =>
  (network) => {
    (blocks[depth ?? 16] ?? []).forEach((count, block) => {
      for (let index = 1; index <= count; index++)
        network.convolution({
          name: `block${block + 1}_conv${index}`,
          filters: filters(Math.min(512, 64 << block)),
          kernelSize: 3,
          padding: "same",
          activation: "relu",
        });
      network.maxPooling();
    });
    return network
      .flatten()
      .dense(filters(4096), "relu", "fc1")
      .dropout(0.5)
      .dense(filters(4096), "relu", "fc2")
      .dropout(0.5)
      .dense(outputs, undefined, "predictions");
  };
