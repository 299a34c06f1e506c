import { mul, tidy } from "@tensorflow/tfjs-core";
import type { Tensor } from "@tensorflow/tfjs-core";
import { layers } from "@tensorflow/tfjs-layers";

/** A dropout layer's place in a network: masks have the layer's input shape, without the rows. */
export interface DropoutSite {
  readonly rate: number;
  readonly shape: readonly number[];
}

/** Answers with the mask [rows, ...shape] of the dropout layer `index`, counted from 0. */
export type MaskSource = (index: number) => Tensor;

/**
 * Dropout whose mask comes from outside, holding 0 or 1 / (1 - rate). tfjs's own layer draws its mask in
 * JavaScript while it is called, so a traced step would use one mask for ever.
 */
export class MaskedDropout extends layers.Layer {
  static readonly className = "MaskedDropout";

  constructor(
    name: string,
    private readonly mask: () => Tensor,
  ) {
    super({ name });
  }

  override call(inputs: Tensor | Tensor[], settings: { training?: boolean }): Tensor {
    const input = Array.isArray(inputs) ? inputs[0] : inputs;
    return settings.training === true ? tidy(() => mul(input, this.mask())) : input;
  }

  override computeOutputShape(shape: number[]): number[] {
    return shape;
  }
}
