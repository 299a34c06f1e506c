import { initializers, layers, sequential } from "@tensorflow/tfjs-layers";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import { type Tensor, Variable } from "@tensorflow/tfjs-core";
import { type DropoutSite, type MaskSource, MaskedDropout } from "./dropout";

/** Makes a layer's initial kernel from the layer's name. */
export type KernelInitializer = (
  layerName: string,
) => ReturnType<typeof initializers.glorotUniform>;

export interface NamedVariable {
  readonly name: string;
  readonly variable: Variable;
}

/** A network with its variables under names that do not depend on what was built before it. */
export interface Network {
  readonly weights: readonly NamedVariable[];
  /** What is no weight but changes in training, such as batch norm's moving averages. */
  readonly buffers: readonly NamedVariable[];
  readonly dropouts: readonly DropoutSite[];
  /** Applies the network: images [rows, height, width, channels] to its outputs, rows first. */
  apply(images: Tensor, training: boolean): Tensor[];
  dispose(): void;
}

export interface NetworkOptions {
  readonly kernelInitializer: KernelInitializer;
  readonly masks: MaskSource;
}

export interface Convolution {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding?: "same" | "valid";
  readonly activation?: "relu";
}

/** Stacks layers as Keras does: the same names, Glorot uniform kernels, zero biases. */
export class NetworkBuilder {
  private readonly model = sequential();
  private readonly dropouts: DropoutSite[] = [];
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly options: NetworkOptions,
    private readonly inputShape: readonly number[],
  ) {}

  convolution({
    filters,
    kernelSize,
    strides = 1,
    padding = "valid",
    activation,
  }: Convolution): this {
    const name = this.nameOf("conv2d");
    return this.add(
      layers.conv2d({
        ...this.common(name),
        filters,
        kernelSize,
        strides,
        padding,
        ...(activation && { activation }),
      }),
    );
  }

  maxPooling(poolSize = 2, padding: "same" | "valid" = "valid"): this {
    const name = this.nameOf("max_pooling2d");
    return this.add(layers.maxPooling2d({ ...this.shapeOfFirst(), name, poolSize, padding }));
  }

  flatten(): this {
    return this.add(layers.flatten({ ...this.shapeOfFirst(), name: this.nameOf("flatten") }));
  }

  dense(units: number, activation?: "relu"): this {
    const name = this.nameOf("dense");
    return this.add(
      layers.dense({ ...this.common(name), units, ...(activation && { activation }) }),
    );
  }

  dropout(rate: number): this {
    const index = this.dropouts.length;
    const shape = this.model.outputs[0].shape.slice(1).map(Number);
    this.dropouts.push({ rate, shape });
    const { masks } = this.options;
    return this.add(new MaskedDropout(this.nameOf("dropout"), () => masks(index)));
  }

  build(): Network {
    const { model, dropouts } = this;
    return {
      dropouts,
      weights: model.trainableWeights.map(namedVariable),
      buffers: model.nonTrainableWeights.map(namedVariable),
      apply: (images, training) =>
        [(model as LayersModel).apply(images, { training })].flat() as Tensor[],
      dispose: () => {
        model.dispose();
      },
    };
  }

  private add(layer: layers.Layer): this {
    this.model.add(layer);
    return this;
  }

  private common(name: string) {
    return {
      ...this.shapeOfFirst(),
      name,
      kernelInitializer: this.options.kernelInitializer(name),
      biasInitializer: "zeros" as const,
    };
  }

  private shapeOfFirst(): { inputShape?: number[] } {
    return this.model.layers.length === 0 ? { inputShape: [...this.inputShape] } : {};
  }

  private nameOf(kind: string): string {
    const count = this.counts.get(kind) ?? 0;
    this.counts.set(kind, count + 1);
    return count === 0 ? kind : `${kind}_${count}`;
  }
}

/** The tfjs variable behind a layer's weight; `read` is typed as any tensor, but answers with it. */
function namedVariable(weight: LayersModel["trainableWeights"][number]): NamedVariable {
  // `name` has a suffix where the process built such a model before; this has not.
  const name = weight.originalName;
  const tensor: unknown = weight.read();
  if (!(tensor instanceof Variable)) throw new Error(`${name} is no variable.`);
  return { name, variable: tensor as Variable };
}
