import type { StackOf } from "./classifier";
import type { NetworkBuilder } from "./network-builder";

/** Blocks of each of the four stages: He et al. 2016, table 1. */
const stages: Readonly<Record<number, readonly number[]>> = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
};

/** Of batch norm's moving averages. Keras's 0.99 would need hundreds of steps to forget where they began. */
const momentum = 0.9;

/**
 * ResNet (He et al. 2016) with Keras's layer names: basic blocks to 34 layers, bottlenecks beyond; a block's stride is
 * in its first convolution, and where it changes the shape the shortcut is a 1x1 convolution (option B).
 */
export const resNet: StackOf =
  ({ filters, outputs, depth }) =>
  (network) => {
    const block = (depth ?? 50) < 50 ? basic : bottleneck;
    convolution(network, "conv1", { filters: filters(64), kernelSize: 7, strides: 2 })
      .relu()
      .maxPooling(3, "same", 2);
    (stages[depth ?? 50] ?? []).forEach((count, stage) => {
      for (let index = 1; index <= count; index++) {
        const strides = stage > 0 && index === 1 ? 2 : 1;
        block(network, `conv${stage + 2}_block${index}`, {
          filters: filters(64 << stage),
          strides,
          projected: index === 1 && (strides > 1 || block === bottleneck),
        });
      }
    });
    return network.globalAveragePooling().dense(outputs, undefined, "predictions");
  };

interface Block {
  /** Of the 3x3 convolutions. */
  readonly filters: number;
  readonly strides: number;
  /** Whether the shortcut is a convolution. */
  readonly projected: boolean;
}

function basic(network: NetworkBuilder, name: string, { filters, strides, projected }: Block) {
  const main = (net: NetworkBuilder) => {
    convolution(net, `${name}_1`, { filters, kernelSize: 3, strides }).relu();
    return convolution(net, `${name}_2`, { filters, kernelSize: 3 });
  };
  const shortcut = (net: NetworkBuilder) =>
    projected ? convolution(net, `${name}_0`, { filters, kernelSize: 1, strides }) : net;
  return network.sum(shortcut, main).relu();
}

function bottleneck(network: NetworkBuilder, name: string, { filters, strides, projected }: Block) {
  const wide = 4 * filters;
  const main = (net: NetworkBuilder) => {
    convolution(net, `${name}_1`, { filters, kernelSize: 1, strides }).relu();
    convolution(net, `${name}_2`, { filters, kernelSize: 3 }).relu();
    return convolution(net, `${name}_3`, { filters: wide, kernelSize: 1 });
  };
  const shortcut = (net: NetworkBuilder) =>
    projected ? convolution(net, `${name}_0`, { filters: wide, kernelSize: 1, strides }) : net;
  return network.sum(shortcut, main).relu();
}

/** A convolution without bias and batch norm after it. */
function convolution(
  network: NetworkBuilder,
  name: string,
  sizes: { filters: number; kernelSize: number; strides?: number },
): NetworkBuilder {
  return network
    .convolution({ ...sizes, name: `${name}_conv`, padding: "same", bias: false })
    .batchNormalization(momentum, 1e-5, `${name}_bn`);
}
