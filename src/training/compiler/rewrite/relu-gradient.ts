import { sameShape } from "../ir";
import type { Rule } from "./program-editor";

/**
 * The gradient of ReLU asks where its input was above 0; its output is above 0 in the same places. With the
 * output in its stead the input need not be kept, and ReLU can be fused into what computes it.
 */
export const reluMaskFromOutput: Rule = ({ operation, inputs, output }, editor) => {
  if (operation.op !== "step") return undefined;
  const relu = editor.find(
    (node) =>
      node.operation.op === "unary" && node.operation.fn === "Relu" && node.inputs[0] === inputs[0],
  );
  return relu && editor.emit(operation, [relu.output], output.shape);
};

/**
 * ReLU then max pooling: unpool(d) * (relu > 0) is unpool(d * (pooled > 0)), since unpooling writes only
 * where the ReLU's output equals the pooled one. The mask works on a quarter of the elements.
 */
export const reluMaskBelowUnpooling: Rule = ({ operation, inputs, output }, editor) => {
  if (operation.op !== "binary" || operation.fn !== "Mul") return undefined;
  for (const [gradient, mask] of [
    [inputs[0], inputs[1]],
    [inputs[1], inputs[0]],
  ] as const) {
    const unpooling = editor.producer(gradient);
    const step = editor.producer(mask);
    if (unpooling?.operation.op !== "maxPoolGradient" || step?.operation.op !== "step") continue;
    const [pooledGradient, poolInput, pooled] = unpooling.inputs;
    if (step.inputs[0] !== poolInput || !sameShape(gradient.shape, output.shape)) continue;
    const pooledMask = editor.emit({ op: "step" }, [pooled], pooled.shape);
    const masked = editor.emit(operation, [pooledGradient, pooledMask], pooled.shape);
    return editor.emit(unpooling.operation, [masked, poolInput, pooled], output.shape);
  }
  return undefined;
};

/** Unpooling only moves gradients, so its sum over rows and places is the sum of what it moves. */
export const sumBeforeUnpooling: Rule = ({ operation, inputs, output }, editor) => {
  if (operation.op !== "reduce" || operation.fn !== "Sum") return undefined;
  if (![0, 1, 2].every((axis) => operation.axes.includes(axis))) return undefined;
  const unpooling = editor.producer(inputs[0]);
  if (unpooling?.operation.op !== "maxPoolGradient") return undefined;
  return editor.emit(operation, [unpooling.inputs[0]], output.shape);
};
