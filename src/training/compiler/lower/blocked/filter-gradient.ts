import type { Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { pad, reshape, resize, slice, transpose } from "../../onnx/shaping";
import { type ImageShape, type Operand, imageShape } from "../operand";
import { spannedSize } from "../window";
import type { Blocks } from "./blocks";
import { toNchw } from "./nchw";
import type { BlockedOperators } from "./operators";

/** A part of the batch and of the output gradient's height: from where, and how many. */
export interface Tile {
  readonly row: number;
  readonly rows: number;
  readonly top: number;
  readonly height: number;
}

/**
 * Bytes of filter that one convolution may pass over: as much as stays in a core's second-level cache,
 * without which it waits for memory (measured on AVX-512: 56 GFLOP/s whole, 125 to 160 in tiles).
 */
const filterBudget = 1 << 20;

/** Cuts [rows, height, width, outputs] of output gradient so that each tile's filter fits the budget. */
export function filterTiles(
  block: number,
  [rows, height, width, outputs]: readonly [number, number, number, number],
): readonly Tile[] {
  // The operator works on up to four blocks of outputs at a time.
  const lineBytes = 4 * width * Math.min(Math.ceil(outputs / block), 4) * block;
  const fitting = Math.floor(filterBudget / (lineBytes * height) / block) * block;
  const rowsEach = Math.min(rows, Math.max(fitting, 16));
  const fittingHeight = Math.max(1, Math.floor(filterBudget / (lineBytes * rowsEach)));
  const heightEach = Math.ceil(height / Math.ceil(height / fittingHeight));
  const tiles: Tile[] = [];
  for (let row = 0; row < rows; row += rowsEach)
    for (let top = 0; top < height; top += heightEach)
      tiles.push({
        row,
        rows: Math.min(rowsEach, rows - row),
        top,
        height: Math.min(heightEach, height - top),
      });
  return tiles;
}

/**
 * Whether matrix products are the faster way: for filters of one pixel, where a convolution has one place to
 * work on at a time (measured on AVX-512: 55 to 70 GFLOP/s against 130 to 160), and for many outputs, beside
 * whose products the moved images cost little (107 against 75 on 512 of 28x28), unless these are large.
 */
function asProducts(window: Window, image: ImageShape, gradient: ImageShape): boolean {
  const inputs = image[3];
  const [rows, height, width, outputs] = gradient;
  if (window.dilations.some((dilation) => dilation !== 1) || inputs < 8) return false;
  if (window.kernel[0] * window.kernel[1] === 1) return true;
  return outputs >= 256 && inputs >= 64 && 4 * inputs * rows * height * width <= 8 << 20;
}

/**
 * The gradient of a convolution with respect to its filter: images convolved with output gradients, where
 * the images' channels count as rows and their rows as channels, and strides become dilations.
 */
export class FilterGradient {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly blocks: Blocks,
    private readonly operators: BlockedOperators,
    private readonly given: { image: Operand; gradient: Operand; window: Window },
  ) {}

  /** The gradient, plain (HWIO). */
  lower(): string {
    const { image, gradient, window } = this.given;
    return asProducts(window, imageShape(image), imageShape(gradient))
      ? this.products()
      : this.convolutions();
  }

  /** A matrix product for each place of the filter: images moved by it [inputs, pixels] by gradients [pixels, outputs]. */
  private products(): string {
    const { graph, operators, given } = this;
    const { image, gradient, window } = given;
    const [rows, height, width, outputs] = imageShape(gradient);
    const inputs = image.shape[3];
    const pixels = rows * height * width;
    const exchanged = transpose(graph, toNchw(graph, operators, gradient), [1, 0, 2, 3]);
    const gradients = reshape(graph, exchanged, [outputs, pixels]);
    const images = this.exchangedImages();
    const whole = [inputs, rows, spannedSize(window, 0, height), spannedSize(window, 1, width)];
    const parts: string[] = [];
    for (let y = 0; y < window.kernel[0]; y++)
      for (let x = 0; x < window.kernel[1]; x++) {
        const from = [0, 0, y, x];
        const to = [inputs, rows, height, width];
        const moved = slice(graph, images, whole, from, to, [1, 1, ...window.strides]);
        parts.push(
          graph.op("Gemm", [reshape(graph, moved, [inputs, pixels]), gradients], {
            attributes: { transB: 1 },
          }),
        );
      }
    const joined =
      parts.length === 1 ? parts[0] : graph.op("Concat", parts, { attributes: { axis: 0 } });
    return reshape(graph, joined, [...window.kernel, inputs, outputs]);
  }

  private convolutions(): string {
    const { graph, blocks, operators, given } = this;
    const { image, gradient, window } = given;
    const [, , , inputs] = imageShape(image);
    const [, , width, outputs] = imageShape(gradient);
    const images = this.exchangedImages();
    const parts = filterTiles(blocks.size, imageShape(gradient)).map((tile) =>
      operators.convolution(
        graph,
        [this.imageTile(images, tile), this.filterTile(tile)],
        { kernel_shape: [tile.height, width], dilations: window.strides },
        tile.rows < blocks.size,
      ),
    );
    const sum = parts.length === 1 ? parts[0] : graph.op("Sum", parts);
    const outs = blocks.roundUp(outputs);
    const [height, kernelWidth] = window.kernel;
    const split = [inputs, outs / blocks.size, height * kernelWidth, blocks.size];
    const ordered = transpose(graph, reshape(graph, sum, split), [2, 0, 1, 3]);
    const whole = [height, kernelWidth, inputs, outs];
    return resize(graph, reshape(graph, ordered, whole), whole, [...whole.slice(0, 3), outputs]);
  }

  /**
   * [input channels, rows, height, width], padded (or cut) to what the windows reach. Padded beforehand,
   * since with few and wide outputs the operator's own padding takes a slow path for each.
   */
  private exchangedImages(): string {
    const { graph, operators, given } = this;
    const { image, gradient, window } = given;
    const [, height, width] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(gradient);
    const [top, left] = window.padding;
    return pad(
      graph,
      transpose(graph, toNchw(graph, operators, image), [1, 0, 2, 3]),
      [0, 0, top, left],
      [
        0,
        0,
        spannedSize(window, 0, outputHeight) - height - top,
        spannedSize(window, 1, outputWidth) - width - left,
      ],
    );
  }

  /** Rows as channels; fewer than a block stay as they are. */
  private channelsOf({ rows }: Tile): number {
    return rows < this.blocks.size ? rows : this.blocks.roundUp(rows);
  }

  private imageTile(images: string, tile: Tile): string {
    const { graph, operators, given } = this;
    const { image, gradient, window } = given;
    const [rows, , , inputs] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(gradient);
    const from = [0, tile.row, tile.top * window.strides[0], 0];
    const width = spannedSize(window, 1, outputWidth);
    const shape = [inputs, tile.rows, spannedSize(window, 0, tile.height), width];
    const part = slice(
      graph,
      images,
      [inputs, rows, spannedSize(window, 0, outputHeight), width],
      from,
      shape,
    );
    if (tile.rows < this.blocks.size) return part;
    const padded = [inputs, this.channelsOf(tile), ...shape.slice(2)];
    return operators.reorderInput(graph, resize(graph, part, shape, padded));
  }

  /** The output gradient as a filter: rows are its input channels and output channels its outputs. */
  private filterTile(tile: Tile): string {
    const { graph, blocks, given } = this;
    const { size } = blocks;
    const [rows, height, width, outputs] = imageShape(given.gradient);
    const outs = blocks.roundUp(outputs);
    const whole = [rows, outs / size, height, width * size];
    const lines = reshape(graph, given.gradient.packed(), whole);
    const from = [tile.row, 0, tile.top, 0];
    const part = slice(graph, lines, whole, from, [tile.rows, outs / size, tile.height, whole[3]]);
    const channels = this.channelsOf(tile);
    const shape = [outs, channels, tile.height, width];
    const rest = [outs / size, tile.height * width, size];
    const split = reshape(graph, part, [tile.rows, ...rest]);
    if (channels < size) return reshape(graph, transpose(graph, split, [1, 0, 2, 3]), shape);
    const padded = resize(graph, split, [tile.rows, ...rest], [channels, ...rest]);
    const blocked = reshape(graph, padded, [channels / size, size, ...rest]);
    return reshape(graph, transpose(graph, blocked, [2, 0, 3, 1, 4]), shape);
  }
}
