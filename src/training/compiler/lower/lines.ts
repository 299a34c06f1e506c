import type { GraphBuilder } from "../onnx/graph-builder";
import { equalMask, pad, reshape, slice } from "../onnx/shaping";
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
  const { before, size, after, kernel, count } = line;
  const whole = reshape(graph, x, [before, size, after]);
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

/** Element `offset` of each window, far below all others where that is outside: [before, count, after]. */
function strided(graph: GraphBuilder, whole: string, line: Line, offset: number): string {
  const { size, stride, padding, count } = line;
  const first = offset - padding;
  const last = first + (count - 1) * stride;
  if (stride === 1) return pad(graph, whole, [0, -first, 0], [0, last + 1 - size, 0], belowAll);
  const missing = [Math.max(0, -first), Math.max(0, last + 1 - size)];
  const reached = pad(graph, whole, [0, missing[0], 0], [0, missing[1], 0], belowAll);
  const from = first + missing[0];
  const { before, after } = line;
  const reachedShape = [before, size + missing[0] + missing[1], after];
  return slice(graph, reached, reachedShape, [0, from, 0], [before, count, after], [1, stride, 1]);
}

/** Adds `parts[offset]` of each window [before, count, after] to the elements there: [before, size, after]. */
export function spread(graph: GraphBuilder, parts: readonly string[], line: Line): string {
  const { before, size, after, kernel, stride, padding, count } = line;
  if (kernel < stride)
    throw new Error(`Pooling windows of ${kernel} with stride ${stride} leave elements out.`);
  // Every stride-th element, from each place to start: window `shift` holds the first of them at `offset`.
  const length = Math.ceil(size / stride);
  const phases = Array.from({ length: stride }, (_, start) => {
    const moved: string[] = [];
    for (let offset = (start + padding) % stride; offset < kernel; offset += stride) {
      const shift = (start + padding - offset) / stride;
      moved.push(pad(graph, parts[offset], [0, -shift, 0], [0, length + shift - count, 0]));
    }
    return moved.length === 1 ? moved[0] : graph.op("Sum", moved);
  });
  if (stride === 1) return phases[0];
  const joined = graph.op(
    "Concat",
    phases.map((phase) => reshape(graph, phase, [before * length, 1, after])),
    { attributes: { axis: 1 } },
  );
  const whole = reshape(graph, joined, [before, length * stride, after]);
  return pad(graph, whole, [0, 0, 0], [0, size - length * stride, 0]);
}
