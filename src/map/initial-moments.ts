import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";

/** What decides how scalar products of independent initial weights are distributed, P_t parameters in tensor t. */
export interface InitialMoments {
  /** Σ P_t σ_t², the mean squared norm about the mean initial weights. */
  readonly squaredNorm: number;
  /** Σ P_t σ_t⁴, the variance of the scalar product of two. */
  readonly productVariance: number;
  /** Σ P_t (μ4_t - σ_t⁴), the variance of the squared norm. */
  readonly squaredNormVariance: number;
}

const block = 2 ** 18;

/**
 * Moments of initial weights, measured on independent ones in pairs: of d = x - x' in a tensor, E d² = 2 σ² and
 * E d⁴ = 2 μ4 + 6 σ⁴, whatever their mean. Tensors that are always the same, such as biases of 0, add nothing.
 * @param states an even number, two at least, of one model
 */
export async function initialMoments(states: readonly Checkpoint[]): Promise<InitialMoments> {
  let [squaredNorm, productVariance, squaredNormVariance] = [0, 0, 0];
  const tensors = states[0].tensors.filter(
    ({ role, dtype }) => role === "weight" && isFloat(dtype),
  );
  for (const tensor of tensors) {
    const { second, fourth } = await differences(states, tensor);
    const variance = second / 2;
    const fourthMoment = (fourth - 6 * variance ** 2) / 2;
    squaredNorm += tensor.parameters * variance;
    productVariance += tensor.parameters * variance ** 2;
    squaredNormVariance += tensor.parameters * Math.max(0, fourthMoment - variance ** 2);
  }
  return { squaredNorm, productVariance, squaredNormVariance };
}

/** Mean second and fourth power of the differences within pairs of states, over a tensor. */
async function differences(
  states: readonly Checkpoint[],
  { name, parameters }: TensorInfo,
): Promise<{ readonly second: number; readonly fourth: number }> {
  const [a, b] = [new Float64Array(block), new Float64Array(block)];
  let [second, fourth] = [0, 0];
  for (let pair = 0; pair + 1 < states.length; pair += 2)
    for (let start = 0; start < parameters; start += block) {
      const width = Math.min(block, parameters - start);
      for (const [state, into] of [
        [states[pair], a],
        [states[pair + 1], b],
      ] as const)
        await state.readFloats(state.tensor(name)!, start, into.subarray(0, width));
      for (let i = 0; i < width; i++) {
        const squared = (a[i] - b[i]) ** 2;
        second += squared;
        fourth += squared * squared;
      }
    }
  const count = Math.max(1, parameters * Math.floor(states.length / 2));
  return { second: second / count, fourth: fourth / count };
}
