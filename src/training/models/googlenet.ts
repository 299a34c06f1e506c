import type { StackOf } from "./classifier";
import type { NetworkBuilder } from "./network-builder";

/**
 * Filters of an inception module's six convolutions, Szegedy et al. 2015, table 1: 1x1, 3x3 reduce, 3x3, 5x5 reduce,
 * 5x5, pool projection.
 */
const modules = {
  "3a": [64, 96, 128, 16, 32, 32],
  "3b": [128, 128, 192, 32, 96, 64],
  "4a": [192, 96, 208, 16, 48, 64],
  "4b": [160, 112, 224, 24, 64, 64],
  "4c": [128, 128, 256, 24, 64, 64],
  "4d": [112, 144, 288, 32, 64, 64],
  "4e": [256, 160, 320, 32, 128, 128],
  "5a": [256, 160, 320, 32, 128, 128],
  "5b": [384, 192, 384, 48, 128, 128],
} as const;

/** GoogLeNet: the first output is the classifier's, the second and third those of the heads on 4a and 4d. */
export const googLeNet: StackOf =
  ({ filters, outputs }) =>
  (network) => {
    const convolution = (net: NetworkBuilder, name: string, count: number, size: number) =>
      net.convolution({
        name,
        filters: filters(count),
        kernelSize: size,
        padding: "same",
        activation: "relu",
      });
    const inception = (name: keyof typeof modules) => {
      const [one, reduce3, three, reduce5, five, pooled] = modules[name];
      const part = (net: NetworkBuilder, layer: string, count: number, size: number) =>
        convolution(net, `inception_${name}_${layer}`, count, size);
      network.concatenate(
        (net) => part(net, "1x1", one, 1),
        (net) => part(part(net, "3x3_reduce", reduce3, 1), "3x3", three, 3),
        (net) => part(part(net, "5x5_reduce", reduce5, 1), "5x5", five, 5),
        (net) => part(net.maxPooling(3, "same", 1), "pool_proj", pooled, 1),
      );
    };
    const head = (name: string) => {
      network.auxiliary((net) => {
        // 4x4 of 14x14 pixels; where images are so small that there are less than 5, one of all.
        const poolSize = Math.min(5, Number(net.place.shape[1]));
        return convolution(
          net.averagePooling({ poolSize, strides: Math.min(3, poolSize) }),
          `${name}_conv`,
          128,
          1,
        )
          .flatten()
          .dense(filters(1024), "relu", `${name}_fc`)
          .dropout(0.7)
          .dense(outputs, undefined, `${name}_classifier`);
      });
    };

    network
      .convolution({
        name: "conv1",
        filters: filters(64),
        kernelSize: 7,
        strides: 2,
        padding: "same",
        activation: "relu",
      })
      .maxPooling(3, "same", 2)
      .localResponseNormalization();
    convolution(convolution(network, "conv2_reduce", 64, 1), "conv2", 192, 3)
      .localResponseNormalization()
      .maxPooling(3, "same", 2);
    inception("3a");
    inception("3b");
    network.maxPooling(3, "same", 2);
    inception("4a");
    head("head1");
    inception("4b");
    inception("4c");
    inception("4d");
    head("head2");
    inception("4e");
    network.maxPooling(3, "same", 2);
    inception("5a");
    inception("5b");
    return network.globalAveragePooling().dropout(0.4).dense(outputs, undefined, "classifier");
  };
