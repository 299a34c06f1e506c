import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, transpose } from "../../onnx/shaping";

/**
 * Images from their phases: part [y][x] holds every pixel whose row and column leave y and x when divided by the numbers
 * of parts. One after the other and then turned, they pass over memory once less than row by row and line by line.
 * @param parts in memory [lines, width, size]
 * @returns in memory [lines, rows of parts, width, columns of parts, size]
 */
export function interleaved(
  graph: GraphBuilder,
  parts: readonly (readonly string[])[],
  [lines, width, size]: readonly [number, number, number],
): string {
  const [tall, wide] = [parts.length, parts[0].length];
  const flat = parts.flat().map((part) => reshape(graph, part, [lines * width * size]));
  const stacked = graph.op("Concat", flat, { attributes: { axis: 0 } });
  const split = reshape(graph, stacked, [tall, wide, lines, width, size]);
  return transpose(graph, split, [2, 0, 3, 1, 4]);
}
