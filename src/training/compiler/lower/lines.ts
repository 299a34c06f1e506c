import type { GraphBuilder } from "../onnx/graph-builder";
import { equalMask, pad, reshape } from "../onnx/shaping";
import { belowAll } from "./window";

/**
 * One axis of an image in memory, [before, size, after], and `count` windows along it. What pooling does in
 * two dimensions it does along one axis and then along the other.
 */
export interface Line {
  readonly before: number;
  readonly size: number;
  readonly after: number;
  readonly kernel: number;
  readonly stride: number;
  readonly padding: number;
  readonly count: number;
}

/**
 * The gradient of maxima over windows along a line: of equal elements the first takes the gradient.
 * @param gradient, maxima in memory [before, count, after]; `x` [before, size, after]
 * @returns [before, size, after]
 */
export function maximumGradient(
  graph: GraphBuilder,
  { gradient, x, maxima }: { gradient: string; x: string; maxima: string },
  line: Line,
): string {
  const { before, size, after, kernel, stride, padding, count } = line;
  const covered = (count - 1) * stride + kernel;
  const whole = pad(
    graph,
    reshape(graph, x, [before, size, after]),
    [0, padding, 0],
    [0, covered - padding - size, 0],
    belowAll,
  );
  const reached = [before, count, after];
  const most = reshape(graph, maxima, reached);
  let rest = reshape(graph, gradient, reached);
  const parts: string[] = [];
  for (let offset = 0; offset < kernel - 1; offset++) {
    const elements = strided(graph, whole, line, offset);
    const part = graph.op("Mul", [rest, equalMask(graph, elements, most)]);
    parts.push(part);
    rest = graph.op("Sub", [rest, part]);
  }
  return spread(graph, [...parts, rest], line);
}

/** Element `offset` of each window: [before, count, after]. */
function strided(graph: GraphBuilder, whole: string, line: Line, offset: number): string {
  const { count, stride } = line;
  const end = offset + (count - 1) * stride + 1;
  const [from, to, axis, step] = [offset, end, 1, stride].map((value) => graph.int64s([value]));
  return graph.op("Slice", [whole, from, to, axis, step]);
}

/** Adds `parts[offset]` of each window [before, count, after] to the elements there: [before, size, after]. */
export function spread(graph: GraphBuilder, parts: readonly string[], line: Line): string {
  const { before, size, after, kernel, stride, padding, count } = line;
  if (kernel < stride)
    throw new Error(`Pooling windows of ${kernel} with stride ${stride} leave elements out.`);
  // Elements `stride` apart make one phase: there a window's next element is the next window's first.
  const length = count - 1 + Math.ceil(kernel / stride);
  const phases = Array.from({ length: stride }, (_, phase) => {
    const moved: string[] = [];
    for (let offset = phase; offset < kernel; offset += stride) {
      const shift = Math.floor(offset / stride);
      moved.push(pad(graph, parts[offset], [0, shift, 0], [0, length - count - shift, 0]));
    }
    return moved.length === 1 ? moved[0] : graph.op("Sum", moved);
  });
  const joined =
    stride === 1
      ? phases[0]
      : graph.op(
          "Concat",
          phases.map((phase) => reshape(graph, phase, [before * length, 1, after])),
          { attributes: { axis: 1 } },
        );
  const whole = reshape(graph, joined, [before, length * stride, after]);
  return pad(graph, whole, [0, -padding, 0], [0, size + padding - length * stride, 0]);
}
