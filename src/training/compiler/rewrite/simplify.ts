import { constantOf, sameShape } from "../ir";
import type { Rule } from "./program-editor";

/** Drops reshapes to the same shape, makes one of two in a row, and drops factors of 1, which may repeat what they multiply. */
export const simplify: Rule = (node, editor) => {
  const { operation, inputs, output } = node;
  if (operation.op === "reshape") {
    const [input] = inputs;
    if (sameShape(input.shape, output.shape)) return input;
    const before = editor.producer(input);
    if (before?.operation.op !== "reshape") return undefined;
    if (sameShape(before.inputs[0].shape, output.shape)) return before.inputs[0];
    return editor.emit(operation, before.inputs, output.shape, output.dtype);
  }
  if (operation.op === "binary" && operation.fn === "Mul") {
    const [a, b] = inputs;
    if (constantOf(a) === 1 && sameShape(b.shape, output.shape)) return b;
    if (constantOf(b) === 1 && sameShape(a.shape, output.shape)) return a;
    if (constantOf(a) === 1) return editor.emit({ op: "broadcast" }, [b], output.shape);
    if (constantOf(b) === 1) return editor.emit({ op: "broadcast" }, [a], output.shape);
  }
  return undefined;
};
