import { initializers } from "@tensorflow/tfjs-layers";
import { derivedSeed } from "../../random/stream";
import type { NamedTensor } from "../engines/engine";
import type { DropoutSite } from "./dropout";
import { useCpuBackend } from "./cpu-backend";
import type { ModelDefinition } from "./definition";
import type { KernelInitializer, Network } from "./network";

/** Kernels with a seed for each layer of its own, derived from the run's seed. */
export function kernelsFrom(seed: number): KernelInitializer {
  return (layerName, scheme) => {
    const own = { seed: derivedSeed("initial-weights", seed, layerName) };
    return scheme === "glorot-uniform"
      ? initializers.glorotUniform(own)
      : initializers.heNormal(own);
  };
}

/** What a run of a model with one initial-weights seed starts from. */
export interface InitialState {
  readonly weights: NamedTensor[];
  readonly dropouts: readonly DropoutSite[];
}

/** Copies of a network's weights, and of its buffers after them. */
export function tensorsOf({ weights, buffers }: Network): NamedTensor[] {
  const copies = (variables: Network["weights"], trainable: boolean) =>
    variables.map(({ name, variable }) => ({
      name,
      shape: [...variable.shape],
      values: (variable.dataSync() as Float32Array).slice(),
      trainable,
    }));
  return [...copies(weights, true), ...copies(buffers, false)];
}

/** Draws the initial weights of `model` and tells where it drops out. */
export function initialState(model: ModelDefinition, seed: number): InitialState {
  useCpuBackend();
  const network = model.build({
    kernelInitializer: kernelsFrom(seed),
    masks: () => {
      throw new Error("Initial weights need no dropout masks.");
    },
  });
  try {
    return { weights: tensorsOf(network), dropouts: network.dropouts };
  } finally {
    network.dispose();
  }
}
