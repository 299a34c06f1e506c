import { constantOf, sameShape } from "../ir";
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
 * The gradient of a leaky ReLU as tfjs writes it, dy where x is above 0 and alpha dy elsewhere, as one node
 * that asks for the sign of the output: as with ReLU the input need not be kept.
 */
export const leakyReluGradient: Rule = ({ operation, inputs, output }, editor) => {
  if (operation.op !== "select") return undefined;
  const [condition, dy, other] = inputs;
  const comparison = editor.producer(condition);
  const scaled = editor.producer(other);
  if (comparison?.operation.op !== "compare" || comparison.operation.fn !== "Greater")
    return undefined;
  if (constantOf(comparison.inputs[1]) !== 0) return undefined;
  if (scaled?.operation.op !== "binary" || scaled.operation.fn !== "Mul") return undefined;
  const alpha = constantOf(scaled.inputs[1]);
  if (scaled.inputs[0] !== dy || alpha === undefined || !(alpha > 0 && alpha < 1)) return undefined;
  const [x] = comparison.inputs;
  const forward = editor.find((node) => node.operation.op === "leakyRelu" && node.inputs[0] === x);
  const sign = forward?.output ?? x;
  return editor.emit({ op: "leakyReluGradient", alpha }, [dy, sign], output.shape);
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
