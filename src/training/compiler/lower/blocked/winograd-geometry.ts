import type { Window } from "../../ir";
import type { ImageShape } from "../operand";
import type { TiledAxes } from "./tiled-images";
import { tileResults } from "./winograd-tiles";

/** A convolution's images, NHWC, and the channels of its output. */
export interface Geometry {
  readonly window: Window;
  readonly image: ImageShape;
  readonly outputs: number;
}

export function outputSize({ window, image }: Geometry): [height: number, width: number] {
  const [top, left, bottom, right] = window.padding;
  const [, height, width] = image;
  return [height + top + bottom - 2, width + left + right - 2];
}

/** The tiles of the image, and where their results lie in the output. */
export function imageTiling(geometry: Geometry): TiledAxes {
  const { window, image } = geometry;
  return tiling([image[1], image[2]], outputSize(geometry), [
    -window.padding[0],
    -window.padding[1],
  ]);
}

/** The same tiles' results in the output gradient. */
export function outputTiling(geometry: Geometry): TiledAxes {
  const size = outputSize(geometry);
  return tiling(size, size, [0, 0]);
}

/** The tiles of the output gradient whose results are the image's gradient. */
export function gradientTiling(geometry: Geometry): TiledAxes {
  const { window, image } = geometry;
  return tiling(
    outputSize(geometry),
    [image[1], image[2]],
    [window.padding[0] - 2, window.padding[1] - 2],
  );
}

type Pair = readonly [number, number];

function tiling(from: Pair, results: Pair, first: Pair): TiledAxes {
  const along = (axis: 0 | 1) => ({
    size: from[axis],
    count: Math.ceil(results[axis] / tileResults),
    first: first[axis],
  });
  return [along(0), along(1)];
}

/**
 * Whether a convolution is quicker in tiles: so many multiplications less, against what bringing each pixel into tiles and
 * back, and each filter, costs in multiplications by filters (measured by steps of VGG-16, YOLO v3 and ResNet-50 on
 * AVX-512: a product at each place is 0.9 times as quick as a convolution; a tile costs 60 ns a channel, and an element
 * of a filter 40 ns, where a place of a filter of 3 x 3 takes 0.1 ns a pixel).
 */
export function winogradPays(geometry: Geometry): boolean {
  const { window, image, outputs } = geometry;
  const { kernel, strides, dilations } = window;
  const isPlain = [...strides, ...dilations].every((step) => step === 1);
  if (!isPlain || kernel.some((size) => size !== 3)) return false;
  const [rows, , , inputs] = image;
  const [height, width] = outputSize(geometry);
  const [down, across] = imageTiling(geometry);
  const tiles = rows * down.count * across.count;
  const products = inputs * outputs;
  const inTiles = tiles * (4 * 1.13 * products + 600 * (inputs + outputs)) + 400 * products;
  return rows * height * width * products > inTiles;
}
