import { type Operation, constantOf, elements, sameShape } from "../ir";
import { type GraphBuilder, onnxTypes } from "../onnx/graph-builder";
import type { SpatialLayout } from "./layout";
import type { Operand } from "./operand";

export type Elementwise = Extract<
  Operation,
  {
    readonly op:
      | "binary"
      | "unary"
      | "step"
      | "leakyRelu"
      | "leakyReluGradient"
      | "compare"
      | "logical"
      | "select";
  }
>;

export function isElementwise(operation: Operation): operation is Elementwise {
  return Object.hasOwn(mayBePacked, operation.op);
}

/** Comparisons and what follows them are done in the values' own order: they are rare among images. */
const mayBePacked: Record<Elementwise["op"], boolean> = {
  binary: true,
  unary: true,
  step: true,
  leakyRelu: true,
  leakyReluGradient: true,
  compare: false,
  logical: false,
  select: false,
};

/** Functions that may leave the finite numbers, which a broken block's unused channels must not. */
const unbounded = new Set(["Div", "Exp", "Log", "Log1p", "Sqrt", "Reciprocal", "Softplus"]);

/** Lowers a node that works element by element into the form that its inputs have. */
export function lowerElementwise(
  graph: GraphBuilder,
  layout: SpatialLayout,
  {
    operation,
    inputs,
    output,
  }: { operation: Elementwise; inputs: readonly Operand[]; output: Operand },
  wantedPacked: boolean,
): void {
  const whole = inputs.filter((input) => sameShape(input.shape, output.shape) && !isFilled(input));
  const rest = inputs.filter((input) => !whole.includes(input));
  const packable =
    mayBePacked[operation.op] &&
    output.shape.length === 4 &&
    rest.every((input) => isFilled(input) || isOne(input)) &&
    (output.shape[3] % layout.block === 0 || !("fn" in operation && unbounded.has(operation.fn)));
  const packed =
    packable &&
    whole.some((input) => input.isPacked) &&
    (wantedPacked || whole.every((input) => input.isPacked));
  const names = inputs.map((input) => {
    if (whole.includes(input)) return packed ? input.packed() : input.plain();
    // A filled constant as a scalar, unless the output has its shape from it alone.
    if (isFilled(input) && input.value.dtype === "float32" && (whole.length > 0 || isOne(input)))
      return graph.scalar(constantOf(input.value)!);
    return packed ? graph.op("Squeeze", [input.plain()]) : input.plain();
  });
  output.define(packed ? "packed" : "plain", emit(graph, operation, names));
}

function emit(graph: GraphBuilder, operation: Elementwise, names: readonly string[]): string {
  const [first] = names;
  switch (operation.op) {
    case "binary":
    case "compare":
    case "logical":
      return graph.op(operation.fn, names);
    case "select":
      return graph.op("Where", names);
    case "step":
      return positive(graph, first);
    case "leakyRelu":
      return graph.op("LeakyRelu", names, { attributes: { alpha: { float: operation.alpha } } });
    case "leakyReluGradient": {
      const slope = graph.op("Max", [positive(graph, names[1]), graph.scalar(operation.alpha)]);
      return graph.op("Mul", [first, slope]);
    }
    case "unary":
      // ONNX has no Log1p. Its argument here is at most 1, so the error is that of the rounded sum.
      return operation.fn === "Log1p"
        ? graph.op("Log", [graph.op("Add", [first, graph.scalar(1)])])
        : graph.op(operation.fn, names);
  }
}

/** float32: 1 where `x` is above 0, else 0. */
function positive(graph: GraphBuilder, x: string): string {
  return graph.op("Cast", [graph.op("Greater", [x, graph.scalar(0)])], {
    attributes: { to: onnxTypes.float32 },
  });
}

function isFilled(operand: Operand): boolean {
  return constantOf(operand.value) !== undefined;
}

function isOne(operand: Operand): boolean {
  return elements(operand.shape) === 1;
}
