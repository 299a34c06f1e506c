import { type Node, type Value, constantOf, elements, sameShape } from "../ir";
import { type GraphBuilder, onnxTypes } from "../onnx/graph-builder";
import type { Operand } from "./operand";

/** Values that convolutions or pooling will use, directly or through elementwise nodes: better packed. */
export function valuesWantedPacked(nodes: readonly Node[]): ReadonlySet<Value> {
  const wanted = new Set<Value>();
  for (const node of [...nodes].reverse()) {
    const { op } = node.operation;
    const spatial = op.startsWith("convolution") || op.startsWith("maxPool");
    const passesOn =
      (op === "binary" || op === "unary" || op === "step") && wanted.has(node.output);
    if (spatial || passesOn)
      for (const input of node.inputs) if (input.shape.length === 4) wanted.add(input);
  }
  return wanted;
}

/** Lowers a node that works element by element into the form that its inputs have. */
export function lowerElementwise(
  graph: GraphBuilder,
  node: Node,
  inputs: readonly Operand[],
  output: Operand,
  wantedPacked: boolean,
): void {
  const whole = inputs.filter((input) => sameShape(input.shape, output.shape) && !isFilled(input));
  const rest = inputs.filter((input) => !whole.includes(input));
  const packable =
    output.shape.length === 4 && rest.every((input) => isFilled(input) || isOne(input));
  const packed =
    packable &&
    whole.some((input) => input.isPacked) &&
    (wantedPacked || whole.every((input) => input.isPacked));
  const names = inputs.map((input) => {
    if (whole.includes(input)) return packed ? input.packed() : input.plain();
    // A filled constant as a scalar, unless the output has its shape from it alone.
    if (isFilled(input) && (whole.length > 0 || isOne(input)))
      return graph.scalar(constantOf(input.value)!);
    return packed ? graph.op("Squeeze", [input.plain()]) : input.plain();
  });
  output.define(packed ? "packed" : "plain", emit(graph, node, names));
}

function emit(graph: GraphBuilder, { operation }: Node, names: readonly string[]): string {
  const [first] = names;
  switch (operation.op) {
    case "binary":
      return graph.op(operation.fn, names);
    case "step":
      return graph.op("Cast", [graph.op("Greater", [first, graph.scalar(0)])], {
        attributes: { to: onnxTypes.float32 },
      });
    case "unary":
      // ONNX has no Log1p. Its argument here is at most 1, so the error is that of the rounded sum.
      return operation.fn === "Log1p"
        ? graph.op("Log", [graph.op("Add", [first, graph.scalar(1)])])
        : graph.op(operation.fn, names);
    default:
      throw new Error(`${operation.op} does not work element by element.`);
  }
}

function isFilled(operand: Operand): boolean {
  return constantOf(operand.value) !== undefined;
}

function isOne(operand: Operand): boolean {
  return elements(operand.shape) === 1;
}
