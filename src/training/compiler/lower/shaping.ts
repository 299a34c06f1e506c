import type { Operation } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import { pad, reshape, slice, transpose } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { memoryShape, packedFrom } from "./memory";
import { type Operand, imageShape } from "./operand";

type Shaping = Extract<
  Operation,
  { readonly op: "reshape" | "broadcast" | "transpose" | "concat" | "slice" | "pad" }
>;

interface Parts {
  readonly operation: Shaping;
  readonly inputs: readonly Operand[];
  readonly output: Operand;
}

/** Lowers what moves, repeats, joins or cuts elements: packed images in place where whole blocks move. */
export function lowerShaping(
  graph: GraphBuilder,
  layout: SpatialLayout,
  parts: Parts,
  wantedPacked: boolean,
): void {
  const { operation, inputs, output } = parts;
  const packed = packable(parts, wantedPacked) ? lowerPacked(graph, layout, parts) : undefined;
  if (packed !== undefined) {
    output.define("packed", packed);
    return;
  }
  const names = inputs.map((input) => input.plain());
  const [x] = names;
  const name = () => {
    switch (operation.op) {
      case "reshape":
        return reshape(graph, x, output.shape);
      case "broadcast":
        return graph.op("Expand", [x, graph.int64s(output.shape)]);
      case "transpose":
        return transpose(graph, x, operation.order);
      case "concat":
        return graph.op("Concat", names, { attributes: { axis: operation.axis } });
      case "slice":
        return slice(graph, x, inputs[0].shape, operation.begin, output.shape);
      case "pad":
        return pad(graph, x, operation.before, operation.after, operation.value);
    }
  };
  output.define("plain", name());
}

function packable({ operation, inputs, output }: Parts, wanted: boolean): boolean {
  if (output.shape.length !== 4 || inputs.some(({ shape }) => shape.length !== 4)) return false;
  if (operation.op === "broadcast" && wanted) return true;
  return (
    inputs.every((input) => input.isPacked) || (wanted && inputs.some((input) => input.isPacked))
  );
}

/** The packed result, or undefined where blocks would have to be broken. */
function lowerPacked(
  graph: GraphBuilder,
  layout: SpatialLayout,
  { operation, inputs, output }: Parts,
): string | undefined {
  const { block } = layout;
  const shape = imageShape(output);
  const [rows, height, width] = shape;
  const from = memoryShape(layout, imageShape(inputs[0]));
  const to = memoryShape(layout, shape);
  const finish = (memory: string) => packedFrom(graph, layout, memory, shape);
  switch (operation.op) {
    case "reshape":
    case "transpose":
      return undefined;
    case "broadcast": {
      const [, inputHeight, inputWidth, channels] = imageShape(inputs[0]);
      if (inputs[0].shape[0] !== rows || channels !== shape[3]) return undefined;
      if (inputHeight !== 1 || inputWidth !== 1) return undefined;
      const images = from[0] * from[1];
      const pixels = reshape(graph, inputs[0].packed(), [images, 1, block]);
      return finish(graph.op("Expand", [pixels, graph.int64s([images, height * width, block])]));
    }
    case "concat": {
      const whole = inputs.slice(0, -1).every((input) => input.shape[3] % block === 0);
      if (operation.axis === 3 && !whole) return undefined;
      const parts = inputs.map((input) =>
        reshape(graph, input.packed(), memoryShape(layout, imageShape(input))),
      );
      const axis = [0, 2, 3, 1][operation.axis];
      return finish(graph.op("Concat", parts, { attributes: { axis } }));
    }
    case "slice": {
      const [row, top, left, channel] = operation.begin;
      if (channel % block !== 0) return undefined;
      const memory = reshape(graph, inputs[0].packed(), from);
      return finish(slice(graph, memory, from, [row, channel / block, top, left, 0], to));
    }
    case "pad": {
      const { before, after, value } = operation;
      if (before[3] !== 0 || after[3] !== 0) return undefined;
      const sizes = ([row, y, x]: readonly number[]) => [row, 0, y, x, 0];
      const memory = reshape(graph, inputs[0].packed(), from);
      return finish(pad(graph, memory, sizes(before), sizes(after), value));
    }
  }
}
