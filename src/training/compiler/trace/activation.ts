import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelInputs } from "./kernels";
import type { Recorder } from "./recorder";

/** Records the bias and activation that tfjs's fused kernels apply to `product`. */
export function recordActivation(
  recorder: Recorder,
  product: TensorInfo,
  inputs: KernelInputs,
  activation: string | undefined,
): TensorInfo {
  const { shape } = product;
  const sum = inputs.has("bias")
    ? recorder.emit({ op: "binary", fn: "Add" }, [product, inputs.get("bias")], shape)
    : product;
  if (activation === undefined || activation === "linear") return sum;
  if (activation === "relu") return recorder.emit({ op: "unary", fn: "Relu" }, [sum], shape);
  throw new Error(`The activation ${activation} is not supported.`);
}
