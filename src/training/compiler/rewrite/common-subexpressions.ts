import type { BinaryFunction, Value } from "../ir";
import type { Rule } from "./program-editor";

const commutative: ReadonlySet<BinaryFunction> = new Set(["Add", "Mul", "Max", "Min"] as const);

/** Computes equal expressions once: gradients repeat much of what the forward pass computes. */
export function commonSubexpressions(): Rule {
  const known = new Map<string, Value>();
  const numbers = new Map<Value, string>();
  const nameOf = (value: Value) => {
    const { source, shape, dtype } = value;
    if (typeof source === "object")
      return `${Math.fround(source.constant)} ${dtype} [${shape.join()}]`;
    const name = numbers.get(value) ?? `#${numbers.size}`;
    numbers.set(value, name);
    return name;
  };
  return ({ operation, inputs, output }) => {
    const { shape, dtype } = output;
    const operands = inputs.map(nameOf);
    if (operation.op === "binary" && commutative.has(operation.fn)) operands.sort();
    const key = JSON.stringify([operation, operands, shape, dtype]);
    const equal = known.get(key);
    if (equal === undefined) known.set(key, output);
    return equal;
  };
}
