import { Variable, type Tensor } from "@tensorflow/tfjs-core";
import { input, layers, model } from "@tensorflow/tfjs-layers";
import type { LayerVariable, SymbolicTensor } from "@tensorflow/tfjs-layers";
import { type DropoutSite, MaskedDropout } from "./dropout";
import { LayerNames } from "./layer-names";
import { LocalResponseNormalization } from "./local-response-normalization";
import type { KernelScheme, NamedVariable, Network, NetworkOptions } from "./network";

type Padding = "same" | "valid";

/** A layer's own name; where left out, Keras's for the next of its kind. */
interface Named {
  readonly name?: string;
}

export interface Convolution extends Named {
  readonly filters: number;
  readonly kernelSize: number;
  readonly strides?: number;
  readonly padding?: Padding;
  readonly activation?: "relu";
  /** False where batch norm follows, which would undo it. */
  readonly bias?: boolean;
}

export interface Pooling extends Named {
  readonly poolSize: number;
  /** As long as the window where left out. */
  readonly strides?: number;
  readonly padding?: Padding;
}

/** Where a network has come to while it is built, to be joined again later. */
export type Place = SymbolicTensor;

/**
 * Builds a network layer by layer, with branches: kernels drawn by one scheme, zero biases, Keras's names.
 * Padding "same" is TensorFlow's, with the odd pixel at the end.
 */
export class NetworkBuilder {
  private readonly input: SymbolicTensor;
  private current: SymbolicTensor;
  private readonly layers: layers.Layer[] = [];
  private readonly dropouts: DropoutSite[] = [];
  private readonly names = new LayerNames();
  private readonly outputs: SymbolicTensor[] = [];
  private readonly auxiliaryOutputs: SymbolicTensor[] = [];

  constructor(
    private readonly options: NetworkOptions,
    inputShape: readonly number[],
    private readonly scheme: KernelScheme = "glorot-uniform",
  ) {
    this.input = input({ shape: [...inputShape], name: "images" });
    this.current = this.input;
  }

  convolution({
    name = this.names.next("conv2d"),
    filters,
    kernelSize,
    strides = 1,
    padding = "valid",
    activation,
    bias = true,
  }: Convolution): this {
    return this.add(
      layers.conv2d({
        ...this.kernel(name),
        useBias: bias,
        filters,
        kernelSize,
        strides,
        padding,
        ...(activation && { activation }),
      }),
    );
  }

  dense(units: number, activation?: "relu", name = this.names.next("dense")): this {
    return this.add(
      layers.dense({ ...this.kernel(name), units, ...(activation && { activation }) }),
    );
  }

  maxPooling(poolSize = 2, padding: Padding = "valid", strides = poolSize): this {
    const name = this.names.next("max_pooling2d");
    return this.add(layers.maxPooling2d({ name, poolSize, padding, strides }));
  }

  averagePooling({ poolSize, strides = poolSize, padding = "valid", name }: Pooling): this {
    const own = name ?? this.names.next("average_pooling2d");
    return this.add(layers.averagePooling2d({ name: own, poolSize, padding, strides }));
  }

  /** Mean over height and width. */
  globalAveragePooling(): this {
    const name = this.names.next("global_average_pooling2d");
    return this.add(layers.globalAveragePooling2d({ name }));
  }

  flatten(): this {
    return this.add(layers.flatten({ name: this.names.next("flatten") }));
  }

  dropout(rate: number): this {
    const index = this.dropouts.length;
    this.dropouts.push({ rate, shape: this.current.shape.slice(1).map(Number) });
    const { masks } = this.options;
    return this.add(new MaskedDropout(this.names.next("dropout"), () => masks(index)));
  }

  /** @param momentum share of the moving averages that a step keeps */
  batchNormalization(
    momentum: number,
    epsilon = 1e-5,
    name = this.names.next("batch_normalization"),
  ): this {
    return this.add(layers.batchNormalization({ name, momentum, epsilon }));
  }

  localResponseNormalization(): this {
    const name = this.names.next("local_response_normalization");
    return this.add(new LocalResponseNormalization(name));
  }

  relu(): this {
    return this.add(layers.reLU({ name: this.names.next("re_lu") }));
  }

  /** @param alpha slope below 0 */
  leakyRelu(alpha: number): this {
    return this.add(layers.leakyReLU({ name: this.names.next("leaky_re_lu"), alpha }));
  }

  /** Each pixel as a square of `size` x `size`. */
  upSampling(size = 2): this {
    const name = this.names.next("up_sampling2d");
    return this.add(layers.upSampling2d({ name, size: [size, size] }));
  }

  /** Joins what branches make of what there is, channel after channel. */
  concatenate(...branches: readonly ((network: this) => this)[]): this {
    const name = this.names.next("concatenate");
    return this.join(layers.concatenate({ name }), branches);
  }

  /** Adds up what branches make of what there is. */
  sum(...branches: readonly ((network: this) => this)[]): this {
    return this.join(layers.add({ name: this.names.next("add") }), branches);
  }

  /** Goes back to a place, or to one from elsewhere. */
  from(place: Place): this {
    this.current = place;
    return this;
  }

  get place(): Place {
    return this.current;
  }

  /** Makes what a branch comes to an output of training only, and goes on from where it began. */
  auxiliary(branch: (network: this) => this): this {
    return this.aside(branch, this.auxiliaryOutputs);
  }

  /** The same for an output that comes before the network's last. */
  output(branch: (network: this) => this): this {
    return this.aside(branch, this.outputs);
  }

  build(): Network {
    const outputs = [...this.outputs, this.current];
    const inference = model({ inputs: this.input, outputs });
    const training =
      this.auxiliaryOutputs.length > 0
        ? model({ inputs: this.input, outputs: [...outputs, ...this.auxiliaryOutputs] })
        : inference;
    const weights = this.layers.flatMap((layer) => layer.trainableWeights.map(namedVariable));
    const buffers = this.layers.flatMap((layer) => layer.nonTrainableWeights.map(namedVariable));
    return {
      dropouts: this.dropouts,
      weights,
      buffers,
      apply: (images, isTraining) =>
        [
          (isTraining ? training : inference).apply(images, { training: isTraining }),
        ].flat() as Tensor[],
      dispose: () => {
        for (const { variable } of [...weights, ...buffers]) variable.dispose();
      },
    };
  }

  private add(layer: layers.Layer): this {
    this.layers.push(layer);
    this.current = layer.apply(this.current) as SymbolicTensor;
    return this;
  }

  private aside(branch: (network: this) => this, outputs: SymbolicTensor[]): this {
    const start = this.current;
    outputs.push(branch(this).current);
    return this.from(start);
  }

  private join(layer: layers.Layer, branches: readonly ((network: this) => this)[]): this {
    const start = this.current;
    const ends = branches.map((branch) => branch(this.from(start)).current);
    this.layers.push(layer);
    this.current = layer.apply(ends) as SymbolicTensor;
    return this;
  }

  private kernel(name: string) {
    return {
      name,
      kernelInitializer: this.options.kernelInitializer(name, this.scheme),
      biasInitializer: "zeros" as const,
    };
  }
}

/** The tfjs variable behind a layer's weight; `read` is typed as any tensor, but answers with it. */
function namedVariable(weight: LayerVariable): NamedVariable {
  // `name` has a suffix where the process built such a model before; this has not.
  const name = weight.originalName;
  const tensor: unknown = weight.read();
  if (!(tensor instanceof Variable)) throw new Error(`${name} is no variable.`);
  return { name, variable: tensor as Variable };
}
