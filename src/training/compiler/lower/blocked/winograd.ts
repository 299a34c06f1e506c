import type { Activation } from "../../ir";
import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize, transpose } from "../../onnx/shaping";
import type { Operand } from "../operand";
import type { Blocks } from "./blocks";
import { imagesOfTiles, type TiledAxes, tileElements } from "./tiled-images";
import {
  type Geometry,
  gradientTiling,
  imageTiling,
  outputSize,
  outputTiling,
} from "./winograd-geometry";
import {
  filterMatrix,
  imageMatrix,
  type Matrix,
  resultMatrix,
  tilePlaces,
  tileResults,
  transposed,
  turned,
} from "./winograd-tiles";

/** Of a tile or a filter in tiles. */
const places = tilePlaces ** 2;

/**
 * Convolutions with filters of 3 x 3 and their gradients in Winograd's F(4x4, 3x3): images and filters go to tiles of 6 x 6
 * places, where a convolution is a product of matrices at each place, a quarter of the multiplications. In tiles an image
 * is [36 places, tiles, channels], a filter [36 places, inputs, outputs]. Relative errors are about 1e-6, where a
 * convolution in float32 has 2e-7.
 */
export class Winograd {
  private readonly inputs: number;
  private readonly outputs: number;

  constructor(
    private readonly graph: GraphBuilder,
    private readonly blocks: Blocks,
    private readonly geometry: Geometry,
  ) {
    this.inputs = blocks.roundUp(geometry.image[3]);
    this.outputs = blocks.roundUp(geometry.outputs);
  }

  /** Packed. */
  convolution(
    image: Operand,
    filter: Operand,
    bias: Operand | undefined,
    activation: Activation,
  ): string {
    const { graph, geometry, outputs } = this;
    const products = graph.op("MatMul", [this.imageTiles(image), this.filterTiles(filter)]);
    const axes = imageTiling(geometry);
    const results = this.results(products, axes, outputs, bias);
    const activated = this.activated(results, activation);
    return imagesOfTiles(graph, activated, this.images(outputs), axes, outputSize(geometry));
  }

  /** Packed gradient with respect to the image: the output gradient's convolution with the filter turned. */
  inputGradient(gradient: Operand, filter: Operand): string {
    const { graph, geometry, inputs, outputs } = this;
    const axes = gradientTiling(geometry);
    const tiles = this.tiles(gradient.packed(), outputs, axes, tilePlaces, imageMatrix);
    const products = graph.op("MatMul", [tiles, this.turnedFilterTiles(filter)]);
    const [, height, width] = geometry.image;
    const results = this.results(products, axes, inputs);
    return imagesOfTiles(graph, results, this.images(inputs), axes, [height, width]);
  }

  /** Plain gradient (HWIO) with respect to the filter. */
  filterGradient(image: Operand, gradient: Operand): string {
    const { graph, geometry, inputs, outputs } = this;
    const axes = outputTiling(geometry);
    const matrix = transposed(resultMatrix);
    const results = this.tiles(gradient.packed(), outputs, axes, tileResults, matrix);
    const tiles = graph.op("FusedMatMul", [this.imageTiles(image), results], {
      domain: "com.microsoft",
      attributes: { transA: 1 },
    });
    const flat = reshape(graph, tiles, [places, inputs * outputs]);
    const filter = graph.op("MatMul", [this.constant(transposed(filterMatrix)), flat]);
    const whole = [3, 3, inputs, outputs];
    const wanted = [3, 3, geometry.image[3], geometry.outputs];
    return resize(graph, reshape(graph, filter, whole), whole, wanted);
  }

  private imageTiles(image: Operand): string {
    const axes = imageTiling(this.geometry);
    const form = axes.map(({ count, first }) => `${count} ${first}`);
    return image.derived(`winograd ${form.join(" ")}`, () =>
      this.tiles(image.packed(), this.inputs, axes, tilePlaces, imageMatrix),
    );
  }

  private filterTiles(filter: Operand): string {
    const { graph, inputs, outputs } = this;
    return filter.derived("winograd", () => {
      const flat = reshape(graph, this.padded(filter), [9, inputs * outputs]);
      const tiles = graph.op("MatMul", [this.constant(filterMatrix), flat]);
      return reshape(graph, tiles, [places, inputs, outputs]);
    });
  }

  /** Of the filter turned by 180 degrees, inputs and outputs exchanged. */
  private turnedFilterTiles(filter: Operand): string {
    const { graph, inputs, outputs } = this;
    const matrices = reshape(graph, this.padded(filter), [9, inputs, outputs]);
    const flat = reshape(graph, transpose(graph, matrices, [0, 2, 1]), [9, outputs * inputs]);
    const tiles = graph.op("MatMul", [this.constant(turned(filterMatrix)), flat]);
    return reshape(graph, tiles, [places, outputs, inputs]);
  }

  private padded(filter: Operand): string {
    return resize(this.graph, filter.plain(), filter.shape, [3, 3, this.inputs, this.outputs]);
  }

  /** The places of tiles, each from `extent` x `extent` elements of packed images by a matrix. */
  private tiles(
    packed: string,
    channels: number,
    axes: TiledAxes,
    extent: number,
    matrix: Matrix,
  ): string {
    const { graph } = this;
    const count = this.count(axes);
    const elements = tileElements(graph, packed, this.images(channels), axes, extent);
    const flat = reshape(graph, elements, [extent ** 2, count * channels]);
    const tiles = graph.op("MatMul", [this.constant(matrix), flat]);
    return reshape(graph, tiles, [places, count, channels]);
  }

  /** What products at the places of tiles come to: [16, tiles * channels]. */
  private results(products: string, axes: TiledAxes, channels: number, bias?: Operand): string {
    const { graph } = this;
    const count = this.count(axes);
    const flat = reshape(graph, products, [places, count * channels]);
    const terms = [this.constant(resultMatrix), flat];
    if (bias) terms.push(this.repeated(bias, count, channels));
    return graph.op("Gemm", terms);
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

  private images(channels: number) {
    return { rows: this.geometry.image[0], channels, block: this.blocks.size };
  }

  /** Of tiles in all rows. */
  private count([down, across]: TiledAxes): number {
    return this.geometry.image[0] * down.count * across.count;
  }
}
