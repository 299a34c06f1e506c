import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import type { initializers } from "@tensorflow/tfjs-layers";
import type { DropoutSite, MaskSource } from "./dropout";

/** How a kernel's first values are drawn: of Glorot and Bengio 2010 or of He et al. 2015. */
export type KernelScheme = "glorot-uniform" | "he-normal";

/** Makes a layer's initial kernel from the layer's name. */
export type KernelInitializer = (
  layerName: string,
  scheme: KernelScheme,
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
  /**
   * Applies the network: images [rows, height, width, channels] to its outputs, rows first. Auxiliary outputs come
   * last, and in training only.
   */
  apply(images: Tensor, training: boolean): Tensor[];
  dispose(): void;
}

export interface NetworkOptions {
  readonly kernelInitializer: KernelInitializer;
  readonly masks: MaskSource;
}
