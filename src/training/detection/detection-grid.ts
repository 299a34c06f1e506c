import type { Box } from "./boxes";

type Size = Pick<Box, "width" | "height">;

/** Every place of an output at one scale: a square grid of cells with a few anchors each. */
export interface Scale {
  /** Cells in a row, and rows. */
  readonly cells: number;
  readonly anchors: readonly Size[];
}

/** What a YOLO v3 network's outputs mean, coarsest scale first. */
export interface DetectionGrid {
  readonly kinds: number;
  readonly scales: readonly Scale[];
  /** Boxes of an image that the loss can hold predictions against; Pascal VOC has up to 56. */
  readonly mostBoxes: number;
}

/** Width and height of YOLO v3's anchors in pixels of its input, from small to large (Redmon and Farhadi 2018, 2.3). */
const anchors = [
  [10, 13],
  [16, 30],
  [33, 23],
  [30, 61],
  [62, 45],
  [59, 119],
  [116, 90],
  [156, 198],
  [373, 326],
];

/** Pixels of the input to a cell of each scale, with the first of its three anchors. */
const strides = [
  { stride: 32, first: 6 },
  { stride: 16, first: 3 },
  { stride: 8, first: 0 },
] as const;

/**
 * The grid of a network for `kinds` label kinds on square images of `inputSize` pixels, a multiple of 32. Anchors are
 * so many pixels at any size, as in Darknet: in a small image most is found on the finest grid.
 */
export function detectionGrid(kinds: number, inputSize: number): DetectionGrid {
  return {
    kinds,
    mostBoxes: 64,
    scales: strides.map(({ stride, first }) => ({
      cells: inputSize / stride,
      anchors: anchors
        .slice(first, first + 3)
        .map(([width, height]) => ({ width: width / inputSize, height: height / inputSize })),
    })),
  };
}

/** Number of places at all scales: cells times anchors. */
export function placeCount({ scales }: DetectionGrid): number {
  return scales.reduce((sum, { cells, anchors }) => sum + cells * cells * anchors.length, 0);
}
