import { localResponseNormalization } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";

/**
 * Divides each value by (2 + 1e-4 s)^0.75, s the sum of the squares at its place over its channel and the two on
 * either side (Krizhevsky et al. 2012, 3.3, with their constants).
 */
export class LocalResponseNormalization extends layers.Layer {
  static readonly className = "LocalResponseNormalization";

  constructor(name: string) {
    super({ name });
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    return localResponseNormalization(input as Tensor4D, 2, 2, 1e-4, 0.75);
  }

  override computeOutputShape(shape: number[]): number[] {
    return shape;
  }
}
