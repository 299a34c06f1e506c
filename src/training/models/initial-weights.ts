import { initializers } from "@tensorflow/tfjs-layers";
import { derivedSeed } from "../../random/stream";
import type { NamedTensor } from "../engines/engine";
import type { DropoutSite } from "./dropout";
import { useCpuBackend } from "./cpu-backend";
import { type ModelDefinition, buildNetwork } from "./index";
import type { KernelInitializer } from "./network";

/** Glorot uniform kernels with a seed for each layer of its own, derived from the run's seed. */
export function glorotFrom(seed: number): KernelInitializer {
  return (layerName) =>
    initializers.glorotUniform({ seed: derivedSeed("initial-weights", seed, layerName) });
}

/** What a run of a model with one initial-weights seed starts from. */
export interface InitialState {
  readonly weights: NamedTensor[];
  readonly dropouts: readonly DropoutSite[];
}

/** Draws the initial weights of `model` and tells where it drops out. */
export function initialState(model: ModelDefinition, seed: number): InitialState {
  useCpuBackend();
  const network = buildNetwork(model, {
    kernelInitializer: glorotFrom(seed),
    masks: () => {
      throw new Error("Initial weights need no dropout masks.");
    },
  });
  try {
    const weights = network.weights.map(({ name, variable }) => ({
      name,
      shape: [...variable.shape],
      values: Float32Array.from(variable.dataSync()),
    }));
    return { weights, dropouts: network.dropouts };
  } finally {
    network.dispose();
  }
}
