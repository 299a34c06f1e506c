import type { Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { pad, reshape, resize, slice, transpose } from "../../onnx/shaping";
import { type Operand, imageShape } from "../operand";
import { spannedSize } from "../window";
import type { Blocks } from "./blocks";
import { type Tile, filterTiles } from "./filter-tiles";
import type { BlockedOperators } from "./operators";
import { isOnePixel, pixelFilterGradient } from "./pixel-filter-gradient";

/** What a filter's gradient is computed from. */
interface Given {
  readonly image: Operand;
  readonly gradient: Operand;
  readonly window: Window;
}

/** The gradient, plain (HWIO), of a convolution with respect to its filter. */
export function filterGradient(
  graph: GraphBuilder,
  blocks: Blocks,
  operators: BlockedOperators,
  given: Given,
): string {
  const { image, gradient, window } = given;
  const isNarrow = image.shape[3] < blocks.size;
  // With one place to work on at a time a convolution is half as fast as a product of matrices.
  if (!isNarrow && isOnePixel(window)) return pixelFilterGradient(graph, operators, given);
  const { phases } = gradient;
  // Few channels are those of the first layer, whose image needs no gradient: nothing else uses the whole.
  if (!isNarrow || phases === undefined)
    return new FilterGradient(graph, blocks, operators, given).lower();
  const { parts, size } = phases;
  const shape = [gradient.shape[0], ...size, gradient.shape[3]];
  const [down, across] = window.strides;
  const [top, left, bottom, right] = window.padding;
  const sums = parts.flatMap((line, y) =>
    line.map((part, x) => {
      const own: Window = {
        ...window,
        strides: [down * parts.length, across * line.length],
        padding: [top - y * down, left - x * across, bottom, right],
      };
      const phase = { shape, packed: () => part };
      return new FilterGradient(graph, blocks, operators, {
        image,
        gradient: phase,
        window: own,
      }).lower();
    }),
  );
  return graph.op("Sum", sums);
}

/**
 * The gradient of a convolution with respect to its filter: images convolved with output gradients, where
 * the images' rows count as channels, and strides become dilations.
 */
class FilterGradient {
  constructor(
    private readonly graph: GraphBuilder,
    private readonly blocks: Blocks,
    private readonly operators: BlockedOperators,
    private readonly given: Omit<Given, "gradient"> & {
      readonly gradient: Pick<Operand, "shape" | "packed">;
    },
  ) {}

  /**
   * The gradient, plain (HWIO), by convolutions with the output gradients as filters. Pixels and the channels of a block together count as width, where
   * a filter's elements are a pixel apart: each result belongs to one place of the filter and one channel, and a line of
   * results is long enough for the operator to compute six at a time (measured on AVX-512: 100 to 160 GFLOP/s, 80 to 110
   * with the places of one channel as a line).
   */
  lower(): string {
    const { graph, blocks, operators, given, stacks, unit } = this;
    const { image, gradient, window } = given;
    const [, , width, outputs] = imageShape(gradient);
    const images = this.exchangedImages();
    const parts = filterTiles(blocks.size, imageShape(gradient)).map((tile) =>
      operators.convolution(
        graph,
        [this.imageTile(images, tile), this.filterTile(tile)],
        {
          kernel_shape: [tile.height, width],
          dilations: [window.strides[0], window.strides[1] * unit],
        },
        tile.rows < blocks.size,
      ),
    );
    const sum = parts.length === 1 ? parts[0] : graph.op("Sum", parts);
    const outs = blocks.roundUp(outputs);
    const [height, kernelWidth] = window.kernel;
    const split = [stacks, outs / blocks.size, height * kernelWidth, unit, blocks.size];
    const ordered = transpose(graph, reshape(graph, sum, split), [2, 0, 3, 1, 4]);
    const whole = [height, kernelWidth, stacks * unit, outs];
    const wanted = [height, kernelWidth, image.shape[3], outputs];
    return resize(graph, reshape(graph, ordered, whole), whole, wanted);
  }

  /** Whether the image's channels are fewer than a block and lie side by side. */
  private get isNarrow(): boolean {
    const { image } = this.given;
    return !image.isPacked && image.shape[3] < this.blocks.size;
  }

  /** Channels that lie side by side. */
  private get unit(): number {
    return this.isNarrow ? this.given.image.shape[3] : this.blocks.size;
  }

  private get stacks(): number {
    return Math.ceil(this.given.image.shape[3] / this.unit);
  }

  /**
   * [stacks, rows, height, width * unit], padded (or cut) to what the windows reach. Padded beforehand,
   * since with few outputs the operator's own padding takes a slow path for each.
   */
  private exchangedImages(): string {
    const { graph, given, stacks, unit } = this;
    const { image, gradient, window } = given;
    const [rows, height, width] = imageShape(image);
    const [, outputHeight, outputWidth] = imageShape(gradient);
    const [top, left] = window.padding;
    const memory = reshape(graph, this.isNarrow ? image.plain() : image.packed(), [
      rows,
      stacks,
      height,
      width * unit,
    ]);
    const right = spannedSize(window, 1, outputWidth) - width - left;
    return pad(
      graph,
      stacks === 1 || rows === 1
        ? reshape(graph, memory, [stacks, rows, height, width * unit])
        : transpose(graph, memory, [1, 0, 2, 3]),
      [0, 0, top, left * unit],
      [0, 0, spannedSize(window, 0, outputHeight) - height - top, right * unit],
    );
  }

  /** Rows as channels; fewer than a block stay as they are. */
  private channelsOf({ rows }: Tile): number {
    return rows < this.blocks.size ? rows : this.blocks.roundUp(rows);
  }

  private imageTile(images: string, tile: Tile): string {
    const { graph, operators, given, stacks, unit } = this;
    const { gradient, window } = given;
    const [rows, outputHeight, outputWidth] = imageShape(gradient);
    const width = spannedSize(window, 1, outputWidth) * unit;
    const shape = [stacks, tile.rows, spannedSize(window, 0, tile.height), width];
    const whole = [stacks, rows, spannedSize(window, 0, outputHeight), width];
    const from = [0, tile.row, tile.top * window.strides[0], 0];
    const part = slice(graph, images, whole, from, shape);
    if (tile.rows < this.blocks.size) return part;
    const padded = [stacks, this.channelsOf(tile), ...shape.slice(2)];
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
