import type { Activation, Window } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize, transpose } from "../../onnx/shaping";
import type { ImageShape, Operand } from "../operand";
import type { Blocks } from "./blocks";
import {
  filterMatrix,
  imageMatrix,
  type Matrix,
  resultMatrix,
  type TiledAxis,
  tilePlaces,
  tilesOf,
  transposed,
} from "./winograd-tiles";

/** A convolution's images, NHWC, and the channels of its output. */
interface Geometry {
  readonly window: Window;
  readonly image: ImageShape;
  readonly outputs: number;
}

/**
 * Convolutions with filters of 3 x 3 and their gradients in Winograd's F(4x4, 3x3): images and filters go to tiles of 6 x 6
 * places, where a convolution is a product of matrices at each place, a quarter of the multiplications. To tiles and back
 * it is a product with a banded matrix along each axis. The gradients are those of these very steps, so that all three
 * share what is in tiles: [36 places, tiles * rows, channels], filters [36 places, inputs, outputs]. Relative errors are
 * about 1e-6, where a convolution in float32 has 2e-7.
 */
export class Winograd {
  private readonly height: TiledAxis;
  private readonly width: TiledAxis;
  private readonly inputs: number;
  private readonly outputs: number;

  constructor(
    private readonly graph: GraphBuilder,
    private readonly blocks: Blocks,
    private readonly geometry: Geometry,
  ) {
    const { window, image, outputs } = geometry;
    [this.height, this.width] = axesOf(window, image);
    this.inputs = blocks.roundUp(image[3]);
    this.outputs = blocks.roundUp(outputs);
  }

  /** Packed. */
  convolution(
    image: Operand,
    filter: Operand,
    bias: Operand | undefined,
    activation: Activation,
  ): string {
    const products = this.graph.op("MatMul", [this.imageTiles(image), this.filterTiles(filter)]);
    const back = [resultMatrix(this.height), resultMatrix(this.width)] as const;
    return this.fromTiles(products, this.outputs, back, { bias, activation });
  }

  /** Packed gradient with respect to the image. */
  inputGradient(gradient: Operand, filter: Operand): string {
    const products = this.graph.op(
      "FusedMatMul",
      [this.gradientTiles(gradient), this.filterTiles(filter)],
      { domain: "com.microsoft", attributes: { transB: 1 } },
    );
    const back = [
      transposed(imageMatrix(this.height)),
      transposed(imageMatrix(this.width)),
    ] as const;
    return this.fromTiles(products, this.inputs, back);
  }

  /** Plain gradient (HWIO) with respect to the filter. */
  filterGradient(image: Operand, gradient: Operand): string {
    const { graph, inputs, outputs } = this;
    const tiles = graph.op("FusedMatMul", [this.imageTiles(image), this.gradientTiles(gradient)], {
      domain: "com.microsoft",
      attributes: { transA: 1 },
    });
    const flat = reshape(graph, tiles, [tilePlaces ** 2, inputs * outputs]);
    const filter = graph.op("MatMul", [this.constant(transposed(filterMatrix())), flat]);
    const whole = [3, 3, inputs, outputs];
    const wanted = [3, 3, this.geometry.image[3], this.geometry.outputs];
    return resize(graph, reshape(graph, filter, whole), whole, wanted);
  }

  private imageTiles(image: Operand): string {
    const { height, width } = this;
    const form = [height, width].map(({ results, padding }) => `${results} ${padding}`);
    return image.derived(`winograd image ${form.join(" ")}`, () =>
      this.toTiles(image.packed(), this.inputs, [imageMatrix(height), imageMatrix(width)]),
    );
  }

  private gradientTiles(gradient: Operand): string {
    return gradient.derived("winograd gradient", () =>
      this.toTiles(gradient.packed(), this.outputs, [
        transposed(resultMatrix(this.height)),
        transposed(resultMatrix(this.width)),
      ]),
    );
  }

  private filterTiles(filter: Operand): string {
    const { graph, inputs, outputs } = this;
    return filter.derived("winograd filter", () => {
      const padded = resize(graph, filter.plain(), filter.shape, [3, 3, inputs, outputs]);
      const flat = reshape(graph, padded, [9, inputs * outputs]);
      const tiles = graph.op("MatMul", [this.constant(filterMatrix()), flat]);
      return reshape(graph, tiles, [tilePlaces ** 2, inputs, outputs]);
    });
  }

  /** @param matrices from the axes of packed images to their tiles */
  private toTiles(
    packed: string,
    channels: number,
    [alongHeight, alongWidth]: readonly [Matrix, Matrix],
  ): string {
    const { graph, rows } = this;
    const { size } = this.blocks;
    const [height, width] = [alongHeight.columns, alongWidth.columns];
    const memory = reshape(graph, packed, [rows, channels / size, height, width, size]);
    const lines = reshape(graph, transpose(graph, memory, [2, 3, 0, 1, 4]), [
      height,
      width * rows * channels,
    ]);
    const first = graph.op("MatMul", [this.constant(alongHeight), lines]);
    const split = reshape(graph, first, [alongHeight.rows, width, rows * channels]);
    const both = graph.op("MatMul", [this.constant(alongWidth), split]);
    return reshape(graph, this.exchangeInner(both, channels, "tiles"), [
      tilePlaces ** 2,
      this.tiles * rows,
      channels,
    ]);
  }

  /** @param matrices from tiles to the axes of packed images */
  private fromTiles(
    tiles: string,
    channels: number,
    [alongHeight, alongWidth]: readonly [Matrix, Matrix],
    { bias, activation = "linear" }: { bias?: Operand | undefined; activation?: Activation } = {},
  ): string {
    const { graph, rows } = this;
    const { size } = this.blocks;
    const [height, width] = [alongHeight.rows, alongWidth.rows];
    const both = reshape(graph, this.exchangeInner(tiles, channels, "places"), [
      alongHeight.columns,
      alongWidth.columns,
      rows * channels,
    ]);
    const first = graph.op("MatMul", [this.constant(alongWidth), both]);
    const flat = reshape(graph, first, [alongHeight.columns, width * rows * channels]);
    const terms = [this.constant(alongHeight), flat];
    if (bias) terms.push(this.repeated(bias, width * rows, channels));
    const lines = this.activated(graph.op("Gemm", terms), activation);
    const split = reshape(graph, lines, [height, width, rows, channels / size, size]);
    return reshape(graph, transpose(graph, split, [2, 3, 0, 1, 4]), [
      rows,
      channels,
      height,
      width,
    ]);
  }

  /** [places, tiles, places, tiles, ...] to [places, places, tiles, tiles, ...], or back. */
  private exchangeInner(x: string, channels: number, second: "tiles" | "places"): string {
    const { graph, rows } = this;
    const [high, wide] = [tilesOf(this.height), tilesOf(this.width) * rows * channels];
    const between = second === "tiles" ? [high, tilePlaces] : [tilePlaces, high];
    const split = reshape(graph, x, [tilePlaces, ...between, wide]);
    return transpose(graph, split, [0, 2, 1, 3]);
  }

  /** A vector of channels `times` over, as a row. */
  private repeated(bias: Operand, times: number, channels: number): string {
    const { graph } = this;
    const padded = resize(graph, bias.plain(), bias.shape, [channels]);
    const all = graph.op("Expand", [padded, graph.int64s([times, channels])]);
    return reshape(graph, all, [1, times * channels]);
  }

  private activated(x: string, activation: Activation): string {
    const { graph } = this;
    if (activation === "linear") return x;
    if (activation === "relu") return graph.op("Relu", [x]);
    return graph.op("LeakyRelu", [x], { attributes: { alpha: { float: activation.leaky } } });
  }

  private constant({ rows, columns, values }: Matrix): string {
    return this.graph.constant("float32", [rows, columns], values);
  }

  private get rows(): number {
    return this.geometry.image[0];
  }

  /** Of one image. */
  private get tiles(): number {
    return tilesOf(this.height) * tilesOf(this.width);
  }
}

function axesOf({ padding }: Window, [, height, width]: ImageShape): [TiledAxis, TiledAxis] {
  const [top, left, bottom, right] = padding;
  return [
    { size: height, results: height + top + bottom - 2, padding: top },
    { size: width, results: width + left + right - 2, padding: left },
  ];
}

/**
 * Whether a convolution is quicker in tiles: so many multiplications less, against what moving each element to tiles and
 * back, and each filter, costs in multiplications (measured on AVX-512: a product at each place 0.9 times as quick as a
 * convolution; 1.2 ns for an element in a tile and 0.03 more for each pixel of an axis; 1.2 ns for one of a filter).
 */
export function winogradPays({ window, image, outputs }: Geometry): boolean {
  const { kernel, strides, dilations } = window;
  const isPlain = [...strides, ...dilations].every((step) => step === 1);
  if (!isPlain || kernel.some((size) => size !== 3)) return false;
  const [rows, height, width, inputs] = image;
  const axes = axesOf(window, image);
  const pixels = rows * axes[0].results * axes[1].results;
  const tiles = rows * tilesOf(axes[0]) * tilesOf(axes[1]);
  const products = inputs * outputs;
  const moved = (96 + 1.35 * (height + width)) * (inputs + outputs);
  return pixels * products > 4 * tiles * (1.13 * products + moved) + 384 * products;
}
