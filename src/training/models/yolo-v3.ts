import { encodeTargets, targetDescriptions } from "../detection/targets";
import { detectionGrid } from "../detection/detection-grid";
import { detectionLoss } from "../detection/loss";
import { exampleBoxes } from "../detection/example-boxes";
import type { ModelDefinition, ModelSizes } from "./definition";
import { NetworkBuilder } from "./network-builder";

/**
 * YOLO v3 (Redmon and Farhadi 2018) on Darknet-53. Outputs [rows, cells, cells, 3 (5 + kinds)] at strides of 32, 16 and
 * 8 pixels, as `detectionGrid` has them. Layers are numbered as Darknet runs them; its stride-2 convolutions pad both
 * sides, ours only the end, as TensorFlow's "same" does.
 */
export function yoloV3({
  id,
  inputShape,
  batchSize,
  outputs,
  filters,
}: ModelSizes): ModelDefinition {
  const grid = detectionGrid(outputs, inputShape[0]);
  return {
    id,
    inputShape,
    outputs,
    batchSize,
    detection: grid,
    targets: targetDescriptions(grid),
    loss: (found, targets) => detectionLoss(grid, found, targets),
    build: (options) => {
      const network = new YoloBuilder(
        new NetworkBuilder(options, inputShape, "he-normal"),
        filters,
        3 * (5 + outputs),
      );
      return network.build();
    },
    exampleTargets: (rows, random) => encodeTargets(grid, exampleBoxes(rows, outputs, random)),
  };
}

class YoloBuilder {
  private count = 0;

  constructor(
    private readonly network: NetworkBuilder,
    private readonly filters: (published: number) => number,
    private readonly channels: number,
  ) {}

  build() {
    const { network } = this;
    this.convolution(32, 3).stage(64, 1).stage(128, 2).stage(256, 8);
    const fine = network.place;
    this.stage(512, 8);
    const middle = network.place;
    this.stage(1024, 4).neck(512);
    network.output(() => this.head(512));
    for (const { route, size, last } of [
      { route: middle, size: 256, last: false },
      { route: fine, size: 128, last: true },
    ]) {
      this.convolution(size, 1);
      network.concatenate(
        (net) => net.upSampling(),
        (net) => net.from(route),
      );
      this.neck(size);
      if (last) this.head(size);
      else network.output(() => this.head(size));
    }
    return network.build();
  }

  /** A convolution, batch norm and leaky ReLU. */
  private convolution(size: number, kernelSize: number, strides = 1): this {
    const index = this.count++;
    this.network
      .convolution({
        name: `conv_${index}`,
        filters: this.filters(size),
        kernelSize,
        strides,
        padding: "same",
        bias: false,
      })
      .batchNormalization(0.99, 1e-5, `bn_${index}`)
      .leakyRelu(0.1);
    return this;
  }

  /** Halves the image and adds `blocks` residual blocks. */
  private stage(size: number, blocks: number): this {
    this.convolution(size, 3, 2);
    for (let block = 0; block < blocks; block++)
      this.network.sum(
        (net) => net,
        () => this.convolution(size / 2, 1).convolution(size, 3).network,
      );
    return this;
  }

  /** The five convolutions before a scale's output. */
  private neck(size: number): this {
    return this.convolution(size, 1)
      .convolution(2 * size, 3)
      .convolution(size, 1)
      .convolution(2 * size, 3)
      .convolution(size, 1);
  }

  private head(size: number): NetworkBuilder {
    const { network } = this.convolution(2 * size, 3);
    return network.convolution({
      name: `conv_${this.count++}`,
      filters: this.channels,
      kernelSize: 1,
    });
  }
}
