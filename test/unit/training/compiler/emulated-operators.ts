import type { BlockedOperators } from "../../../../src/training/compiler/lower/blocked/operators";
import type { Attribute, GraphBuilder } from "../../../../src/training/compiler/onnx/graph-builder";
import { transpose } from "../../../../src/training/compiler/onnx/shaping";

/**
 * What the blocked operators are documented to do, in standard ONNX operators and for any block size: so
 * the arithmetic of one size can be tested on a processor of the other.
 */
export function emulatedOperators(size: number): BlockedOperators {
  return {
    convolution(
      graph,
      [image, filter, ...bias],
      { activation, activation_params, ...attributes },
      narrow,
    ) {
      const order = narrow ? [0, 4, 1, 2, 3] : [0, 5, 1, 4, 2, 3];
      const sum = graph.op(
        "Conv",
        [
          narrow ? image : toNchw(graph, image, size),
          reordered(
            graph,
            filter,
            narrow ? ["out", "in", "rest", "size"] : ["out", "blocks", "rest", "size", "size"],
            order,
            size,
          ),
          ...bias,
        ],
        { attributes },
      );
      return toBlocks(graph, activated(graph, sum, activation, activation_params), size);
    },
    scaled(graph, [image, scale, shift = "", sum = ""], { activation, activation_params, group }) {
      const inputs = [toNchw(graph, image, size), scale, ...(shift === "" ? [] : [shift])];
      const scaled = graph.op("Conv", inputs, { attributes: { group } });
      const total = sum === "" ? scaled : graph.op("Add", [scaled, toNchw(graph, sum, size)]);
      return toBlocks(graph, activated(graph, total, activation, activation_params), size);
    },
    averagePool: (graph, image, attributes) =>
      toBlocks(graph, graph.op("AveragePool", [toNchw(graph, image, size)], { attributes }), size),
    maxPool: (graph, image, attributes) =>
      toBlocks(graph, graph.op("MaxPool", [toNchw(graph, image, size)], { attributes }), size),
    globalAveragePool: (graph, image) =>
      toBlocks(graph, graph.op("GlobalAveragePool", [toNchw(graph, image, size)]), size),
    reorderInput: (graph, image, order) =>
      toBlocks(graph, order === "nhwc" ? transpose(graph, image, [0, 3, 1, 2]) : image, size),
    reorderOutput(graph, image, channels, order) {
      const whole = toNchw(graph, image, size);
      const cut = ([0, channels, 1] as const).map((value) => graph.int64s([value]));
      const first = graph.op("Slice", [whole, ...cut]);
      return order === "nhwc" ? transpose(graph, first, [0, 2, 3, 1]) : first;
    },
  };
}

function activated(
  graph: GraphBuilder,
  x: string,
  activation: Attribute | undefined,
  parameters: Attribute | undefined,
): string {
  if (activation === undefined) return x;
  if (activation === "Relu") return graph.op("Relu", [x]);
  if (activation !== "LeakyRelu" || typeof parameters !== "object" || !("floats" in parameters))
    throw new Error("There is no such activation.");
  return graph.op("LeakyRelu", [x], { attributes: { alpha: { float: parameters.floats[0] } } });
}

type Part = "out" | "in" | "blocks" | "rest" | "size";

function toNchw(graph: GraphBuilder, image: string, size: number): string {
  return reordered(graph, image, ["in", "blocks", "rest", "size"], [0, 1, 4, 2, 3], size);
}

function toBlocks(graph: GraphBuilder, image: string, size: number): string {
  return reordered(graph, image, ["in", "blocks", "size", "rest"], [0, 1, 3, 4, 2], size);
}

/**
 * Reads memory as the named parts of the shape [a, b, height, width], transposes it and gives it the shape
 * again: out is a / size, blocks is b / size; in is a, or b after out; rest is height and width.
 */
function reordered(
  graph: GraphBuilder,
  x: string,
  parts: readonly Part[],
  order: readonly number[],
  size: number,
): string {
  const shape = graph.op("Shape", [x]);
  const part = (from: number, to: number) =>
    graph.op("Slice", [shape, graph.int64s([from]), graph.int64s([to])]);
  const block = graph.int64s([size]);
  const lengths = parts.map((name) => {
    if (name === "rest") return part(2, 4);
    if (name === "size") return block;
    if (name === "in") return parts.includes("out") ? part(1, 2) : part(0, 1);
    return graph.op("Div", [name === "out" ? part(0, 1) : part(1, 2), block]);
  });
  const split = graph.op("Concat", lengths, { attributes: { axis: 0 } });
  const exchanged = transpose(graph, graph.op("Reshape", [x, split]), order);
  return graph.op("Reshape", [exchanged, shape]);
}
