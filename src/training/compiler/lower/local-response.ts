import type { LocalResponse } from "../ir";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { SpatialLayout } from "./layout";
import type { Operand } from "./operand";

/**
 * norms ^ -beta and norms, where norms = bias + alpha * sum of squares over neighbouring channels. The sum is
 * a product with a banded matrix; powers of a quarter are square roots, several times as fast as Pow.
 */
function normsOf(
  graph: GraphBuilder,
  layout: SpatialLayout,
  image: Operand,
  { radius, bias, alpha, beta }: LocalResponse,
): { norms: string; powers: string } {
  const channels = image.shape[3];
  const norms = image.derived(`norms ${radius} ${bias} ${alpha}`, () => {
    const squares = graph.op("Mul", [image.packed(), image.packed()]);
    const matrix = band(channels, radius, alpha);
    return layout.mixChannels(graph, squares, { matrix, shift: bias, channels });
  });
  const powers = image.derived(`powers ${radius} ${bias} ${alpha} ${beta}`, () => {
    if (beta !== 0.75 && beta !== 0.5) return graph.op("Pow", [norms, graph.scalar(beta)]);
    const root = graph.op("Sqrt", [norms]);
    return beta === 0.5 ? root : graph.op("Mul", [root, graph.op("Sqrt", [root])]);
  });
  return { norms, powers };
}

/** A matrix with `value` where row and column are at most `radius` apart. */
function band(channels: number, radius: number, value: number): Float32Array {
  return Float32Array.from({ length: channels * channels }, (_, i) =>
    Math.abs(Math.floor(i / channels) - (i % channels)) <= radius ? value : 0,
  );
}

/** Packed local response normalisation. */
export function localResponse(
  graph: GraphBuilder,
  layout: SpatialLayout,
  image: Operand,
  normalization: LocalResponse,
): string {
  const { powers } = normsOf(graph, layout, image, normalization);
  return graph.op("Div", [image.packed(), powers]);
}

/** Its packed gradient: dy norms ^ -beta - 2 alpha beta x (sum over neighbours of dy y / norms). */
export function localResponseGradient(
  graph: GraphBuilder,
  layout: SpatialLayout,
  { gradient, image, output }: { gradient: Operand; image: Operand; output: Operand },
  normalization: LocalResponse,
): string {
  const { radius, alpha, beta } = normalization;
  const channels = image.shape[3];
  const { norms, powers } = normsOf(graph, layout, image, normalization);
  const products = graph.op("Mul", [gradient.packed(), output.packed()]);
  const shares = graph.op("Div", [products, norms]);
  const matrix = band(channels, radius, 2 * alpha * beta);
  const sums = layout.mixChannels(graph, shares, { matrix, shift: 0, channels });
  const received = graph.op("Mul", [image.packed(), sums]);
  return graph.op("Sub", [graph.op("Div", [gradient.packed(), powers]), received]);
}
