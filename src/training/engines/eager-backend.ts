import type { EngineDescription } from "../../protocol/trainer";
import { cpuBackendVersion } from "../models/cpu-backend";
import { useFastConvolutions } from "./fast-convolution";

/** A backend of tfjs that computes at once. */
export interface EagerBackend {
  readonly name: Extract<EngineDescription["name"], `tfjs-${string}`>;
  readonly version: string;
  readonly kernelLevel: string;
  /** Makes it the one that computes. */
  use(): void;
}

export const cpuBackend: EagerBackend = {
  name: "tfjs-cpu",
  version: cpuBackendVersion,
  kernelLevel: "javascript",
  use: useFastConvolutions,
};
