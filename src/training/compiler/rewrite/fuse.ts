import type { Activation, Operation } from "../ir";
import type { Rule } from "./program-editor";

/** Adds a bias vector inside the convolution or matrix product before it, where nothing else uses that. */
export const fuseBias: Rule = ({ operation, inputs, output }, editor) => {
  if (operation.op !== "binary" || operation.fn !== "Add") return undefined;
  const [product, bias] = inputs;
  const node = editor.producer(product);
  if (node === undefined || editor.uses(product) !== 1 || node.inputs.length !== 2)
    return undefined;
  if (node.operation.op !== "convolution" && node.operation.op !== "matmul") return undefined;
  if (node.operation.op === "convolution" && node.operation.activation !== "linear")
    return undefined;
  if (bias.shape.length !== 1 || bias.shape[0] !== output.shape.at(-1)) return undefined;
  return editor.emit(node.operation, [...node.inputs, bias], output.shape);
};

/** Applies an activation inside what computes its input, where nothing else uses that. */
export const fuseActivation: Rule = ({ operation, inputs, output }, editor) => {
  const activation = activationOf(operation);
  if (activation === undefined || editor.uses(inputs[0]) !== 1) return undefined;
  const node = editor.producer(inputs[0]);
  if (node?.operation.op !== "convolution" && node?.operation.op !== "affine") return undefined;
  if (node.operation.activation !== "linear") return undefined;
  return editor.emit({ ...node.operation, activation }, node.inputs, output.shape);
};

function activationOf(operation: Operation): Activation | undefined {
  if (operation.op === "unary" && operation.fn === "Relu") return "relu";
  return operation.op === "leakyRelu" ? { leaky: operation.alpha } : undefined;
}
