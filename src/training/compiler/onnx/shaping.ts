import type { GraphBuilder } from "./graph-builder";

export function reshape(graph: GraphBuilder, x: string, shape: readonly number[]): string {
  return graph.op("Reshape", [x, graph.int64s(shape)]);
}

export function transpose(graph: GraphBuilder, x: string, order: readonly number[]): string {
  return graph.op("Transpose", [x], { attributes: { perm: order } });
}

/** Adds `after[axis]` elements behind each axis (and `before[axis]` in front); negative ones are cut off. */
export function pad(
  graph: GraphBuilder,
  x: string,
  before: readonly number[],
  after: readonly number[],
  value = 0,
): string {
  const pads = [...before, ...after];
  if (pads.every((size) => size === 0)) return x;
  return graph.op("Pad", [x, graph.int64s(pads), ...(value === 0 ? [] : [graph.scalar(value)])]);
}

/** Grows or cuts the end of each axis from `from` to `to`. */
export function resize(
  graph: GraphBuilder,
  x: string,
  from: readonly number[],
  to: readonly number[],
  value = 0,
): string {
  return pad(
    graph,
    x,
    from.map(() => 0),
    to.map((size, axis) => size - from[axis]),
    value,
  );
}

/** The part of `x`, of shape `whole`, that begins at `from` and has the shape `shape`: every `steps`-th element. */
export function slice(
  graph: GraphBuilder,
  x: string,
  whole: readonly number[],
  from: readonly number[],
  shape: readonly number[],
  steps: readonly number[] = whole.map(() => 1),
): string {
  const axes = whole.map((_, axis) => axis).filter((axis) => shape[axis] !== whole[axis]);
  if (axes.length === 0) return x;
  return graph.op("Slice", [
    x,
    graph.int64s(axes.map((axis) => from[axis])),
    graph.int64s(axes.map((axis) => from[axis] + (shape[axis] - 1) * steps[axis] + 1)),
    graph.int64s(axes),
    ...(axes.every((axis) => steps[axis] === 1)
      ? []
      : [graph.int64s(axes.map((axis) => steps[axis]))]),
  ]);
}

/** float32: 1 where `a` equals `b`, else 0. */
export function equalMask(graph: GraphBuilder, a: string, b: string): string {
  return graph.op("Cast", [graph.op("Equal", [a, b])], { attributes: { to: 1 } });
}
