import type { GraphBuilder } from "../../onnx/graph-builder";
import { pad, reshape } from "../../onnx/shaping";
import { tileResults } from "./winograd-tiles";

/** Tiles along an axis of an image: `count` of them, each `tileResults` elements after the one before. */
export interface TiledAxis {
  /** Of the image. */
  readonly size: number;
  readonly count: number;
  /** The first tile's first element; negative where the image is padded. */
  readonly first: number;
}

/** Down and across an image. */
export type TiledAxes = readonly [TiledAxis, TiledAxis];

/** Packed images: [rows, channels / block, height, width, block]. */
export interface PackedImages {
  readonly rows: number;
  readonly channels: number;
  readonly block: number;
}

/**
 * Every tile's `extent` x `extent` elements of packed images, 0 beyond the image: [extent * extent, tiles, channels],
 * tiles ordered by rows, then down and across.
 */
export function tileElements(
  graph: GraphBuilder,
  packed: string,
  { rows, channels, block }: PackedImages,
  axes: TiledAxes,
  extent: number,
): string {
  const blocks = channels / block;
  const before = axes.map(({ first }) => Math.max(0, -first));
  const after = axes.map(({ size, count, first }) =>
    Math.max(0, first + (count - 1) * tileResults + extent - size),
  );
  const [height, width] = axes.map(({ size }, axis) => before[axis] + size + after[axis]);
  const [top, left] = axes.map(({ first }, axis) => first + before[axis]);
  const lines = [rows, blocks, axes[0].size, axes[1].size * block];
  const padded = pad(
    graph,
    reshape(graph, packed, lines),
    [0, 0, before[0], before[1] * block],
    [0, 0, after[0], after[1] * block],
  );
  const pixels = reshape(graph, padded, [rows * blocks * height * width, block]);
  const places = sums(
    multiples(extent, width, top * width + left),
    multiples(extent, 1),
    multiples(rows, blocks * height * width),
    multiples(axes[0].count, tileResults * width),
    multiples(axes[1].count, tileResults),
    multiples(blocks, height * width),
  );
  return graph.op("Gather", [pixels, graph.constant("int32", [places.length], places)]);
}

/** Packed images of `size` of tiles' results, [tileResults * tileResults, tiles, channels]. */
export function imagesOfTiles(
  graph: GraphBuilder,
  results: string,
  { rows, channels, block }: PackedImages,
  [{ count: high }, { count: wide }]: TiledAxes,
  [height, width]: readonly [number, number],
): string {
  const blocks = channels / block;
  const place = rows * high * wide * blocks;
  const along = (size: number, placeStride: number, tileStride: number) =>
    Array.from(
      { length: size },
      (_, at) => (at % tileResults) * placeStride + Math.floor(at / tileResults) * tileStride,
    );
  const places = sums(
    multiples(rows, high * wide * blocks),
    multiples(blocks, 1),
    along(height, tileResults * place, wide * blocks),
    along(width, place, blocks),
  );
  const elements = reshape(graph, results, [tileResults ** 2 * place, block]);
  const images = graph.op("Gather", [elements, graph.constant("int32", [places.length], places)]);
  return reshape(graph, images, [rows, channels, height, width]);
}

function multiples(count: number, stride: number, from = 0): number[] {
  return Array.from({ length: count }, (_, i) => from + i * stride);
}

/** One of each, in every combination, added up; the last changes first. */
function sums(...axes: readonly (readonly number[])[]): Int32Array {
  return axes.reduce((outer, inner) => {
    const all = new Int32Array(outer.length * inner.length);
    outer.forEach((a, i) => {
      inner.forEach((b, j) => {
        all[i * inner.length + j] = a + b;
      });
    });
    return all;
  }, Int32Array.of(0));
}
