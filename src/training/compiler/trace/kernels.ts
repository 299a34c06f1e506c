import { registerKernel } from "@tensorflow/tfjs-core";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Recorder } from "./recorder";
import { traceBackend, traceBackendName } from "./backend";

/** The tensor inputs of a kernel call. */
export interface KernelInputs {
  get(name: string): TensorInfo;
  has(name: string): boolean;
  /** All of them, where a kernel takes any number. */
  list(): readonly TensorInfo[];
}

type Record<Attributes> = (
  recorder: Recorder,
  inputs: KernelInputs,
  attributes: Attributes,
) => TensorInfo | TensorInfo[];

/**
 * Registers how the tracing backend records the tfjs kernel `name`. `Attributes` is the kernel's own
 * attribute type in tfjs-core (kernel_names).
 */
// tfjs types a kernel's attributes as a map of anything: the caller names the type they have.

export function recordKernel<Attributes>(name: string, record: Record<Attributes>): void {
  registerKernel({
    kernelName: name,
    backendName: traceBackendName,
    kernelFunc: ({ inputs, attrs }) => {
      const access: KernelInputs = {
        list: () => Object.values(inputs).filter((tensor) => tensor != null),
        has: (input) => inputs[input] != null,
        get: (input) => {
          const tensor = inputs[input];
          if (tensor == null)
            throw new Error(`Kernel ${name} was called without its input ${input}.`);
          return tensor;
        },
      };
      return record(traceBackend.recorder, access, (attrs ?? {}) as unknown as Attributes);
    },
  });
}
