import type { BatchMatMulAttrs, TensorInfo, _FusedMatMulAttrs } from "@tensorflow/tfjs-core";
import { recordActivation } from "./activation";
import { type KernelInputs, recordKernel } from "./kernels";
import type { Recorder } from "./recorder";

/**
 * tfjs multiplies stacks of matrices; a training step of these layers has stacks of one. `finish` takes the
 * product as a matrix, where a bias is recognised.
 */
function matmul(
  recorder: Recorder,
  inputs: KernelInputs,
  { transposeA, transposeB }: BatchMatMulAttrs,
  finish: (product: TensorInfo) => TensorInfo = (product) => product,
): TensorInfo {
  const [a, b] = [inputs.get("a"), inputs.get("b")];
  const stack = a.shape.slice(0, -2);
  if ([...stack, ...b.shape.slice(0, -2)].some((size) => size !== 1))
    throw new Error("Products of stacks of matrices are not supported.");
  const [x, y] = [matrix(recorder, a), matrix(recorder, b)];
  const shape = [x.shape[transposeA ? 1 : 0], y.shape[transposeB ? 0 : 1]];
  const product = finish(recorder.emit({ op: "matmul", transposeA, transposeB }, [x, y], shape));
  return stack.length === 0
    ? product
    : recorder.emit({ op: "reshape" }, [product], [...stack, ...shape]);
}

function matrix(recorder: Recorder, tensor: TensorInfo): TensorInfo {
  if (tensor.shape.length === 2) return tensor;
  return recorder.emit({ op: "reshape" }, [tensor], tensor.shape.slice(-2), tensor.dtype);
}

export function registerMatmul(): void {
  recordKernel<BatchMatMulAttrs>("BatchMatMul", (recorder, inputs, attributes) =>
    matmul(recorder, inputs, attributes),
  );
  recordKernel<_FusedMatMulAttrs>("_FusedMatMul", (recorder, inputs, attributes) =>
    matmul(recorder, inputs, attributes, (product) =>
      recordActivation(recorder, product, inputs, attributes.activation),
    ),
  );
}
