import type { Node } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import { reshape } from "../onnx/shaping";
import type { SpatialLayout } from "./layout";
import { type Operand, imageShape } from "./operand";

/** Lowers a sum, maximum or mean over axes. */
export function lowerReduction(
  graph: GraphBuilder,
  layout: SpatialLayout,
  { operation }: Node,
  input: Operand,
  output: Operand,
): void {
  if (operation.op !== "reduce") throw new Error(`${operation.op} is no reduction.`);
  const { fn, axes, keepDims } = operation;
  if (fn === "Sum" && input.isPacked && [...axes].sort().join() === "0,1,2") {
    const sums = layout.channelSums(graph, input);
    output.define("plain", keepDims ? reshape(graph, sums, output.shape) : sums);
    return;
  }
  const places = [...axes].sort().join() === "1,2" && input.shape.length === 4;
  if ((fn === "Sum" || fn === "Mean") && input.isPacked && places) {
    const [rows, height, width, channels] = imageShape(input);
    const means = layout.placeMeans(graph, input.packed());
    const result = fn === "Mean" ? means : graph.op("Mul", [means, graph.scalar(height * width)]);
    if (keepDims) output.define("packed", result);
    else {
      const pixels = layout.unpack(graph, result, [rows, 1, 1, channels]);
      output.define("plain", reshape(graph, pixels, output.shape));
    }
    return;
  }
  if (fn === "Sum" && input.shape.length === 2 && axes.join() === "0") {
    const [rows] = input.shape;
    const ones = graph.constant("float32", [1, rows], new Float32Array(rows).fill(1));
    // A product of matrices is three times as quick as the reduction.
    const sums = graph.op("MatMul", [ones, input.plain()]);
    output.define("plain", keepDims ? sums : reshape(graph, sums, output.shape));
    return;
  }
  const keepdims = Number(keepDims);
  // Up to operator set 17, ReduceSum takes its axes as an input and the others as an attribute.
  const name =
    fn === "Sum"
      ? graph.op("ReduceSum", [input.plain(), graph.int64s(axes)], { attributes: { keepdims } })
      : graph.op(`Reduce${fn}`, [input.plain()], { attributes: { axes, keepdims } });
  output.define("plain", name);
}
