import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize, transpose } from "../../onnx/shaping";
import type { ImageShape } from "../operand";
import type { BlockedOperators } from "./operators";

/**
 * The arithmetic of blocks of `size` channels. Channels are rounded up to whole blocks; what the added ones
 * hold is finite but otherwise of no account: filters have zeros for them, and unpacking cuts them off.
 */
export class Blocks {
  constructor(
    readonly size: 8 | 16,
    private readonly operators: BlockedOperators,
  ) {}

  roundUp(channels: number): number {
    return Math.ceil(channels / this.size) * this.size;
  }

  /** NHWC to blocks. */
  pack(graph: GraphBuilder, plain: string, shape: ImageShape): string {
    const [rows, height, width, channels] = shape;
    const all = this.roundUp(channels);
    const padded = resize(graph, plain, shape, [rows, height, width, all]);
    return this.operators.reorderInput(graph, padded, "nhwc");
  }

  /** Blocks to NHWC. */
  unpack(graph: GraphBuilder, packed: string, channels: number): string {
    return this.operators.reorderOutput(graph, packed, channels, "nhwc");
  }

  /** A filter HWIO for an image in blocks. */
  filter(graph: GraphBuilder, plain: string, shape: readonly number[]): string {
    const [height, width, inputs, outputs] = shape;
    const [ins, outs] = [this.roundUp(inputs), this.roundUp(outputs)];
    const places = height * width;
    const padded = resize(graph, plain, shape, [height, width, ins, outs]);
    const split = reshape(graph, padded, [places, ins / this.size, this.size * outs]);
    // The filter's places change with blocks of inputs; then inputs are the pixels of an image of the outputs.
    const ordered = places === 1 ? split : transpose(graph, split, [1, 0, 2]);
    const pixels = reshape(graph, ordered, [1, 1, places * ins, outs]);
    const blocks = this.operators.reorderInput(graph, pixels, "nhwc");
    return reshape(graph, blocks, [outs, ins, height, width]);
  }

  /** A constant filter of one pixel for an image in blocks, from a matrix [inputs, outputs]. */
  constantFilter(graph: GraphBuilder, matrix: Float32Array, channels: number): string {
    const { size } = this;
    const all = this.roundUp(channels);
    const values = new Float32Array(all * all);
    for (let from = 0; from < channels; from++)
      for (let to = 0; to < channels; to++) {
        const blocks = Math.floor(to / size) * (all / size) + Math.floor(from / size);
        values[(blocks * size + (from % size)) * size + (to % size)] =
          matrix[from * channels + to]!;
      }
    return graph.constant("float32", [all, all, 1, 1], values);
  }

  /** A filter HWIO for an image in NCHW with fewer channels than a block. */
  narrowFilter(graph: GraphBuilder, plain: string, shape: readonly number[]): string {
    const [height, width, inputs, outputs] = shape;
    const outs = this.roundUp(outputs);
    const padded = resize(graph, plain, shape, [height, width, inputs, outs]);
    const split = [height * width, inputs, outs / this.size, this.size];
    const blocks = transpose(graph, reshape(graph, padded, split), [2, 1, 0, 3]);
    return reshape(graph, blocks, [outs, inputs, height, width]);
  }

  /** The filter of the gradient with respect to the image: turned by 180 degrees, inputs and outputs exchanged. */
  turnedFilter(graph: GraphBuilder, plain: string, shape: readonly number[]): string {
    const [height, width, inputs, outputs] = shape;
    const [ins, outs] = [this.roundUp(inputs), this.roundUp(outputs)];
    const padded = resize(graph, plain, shape, [height, width, ins, outs]);
    const [places, { size }] = [height * width, this];
    // Outputs are the pixels of images of a block of inputs each: what they become are the wanted blocks, place by place.
    const images = reshape(graph, padded, [(places * ins) / size, size, 1, outs]);
    const turned = this.operators.reorderInput(graph, images);
    if (places === 1) return reshape(graph, turned, [ins, outs, height, width]);
    const count = (ins / size) * (outs / size);
    const order = Int32Array.from({ length: places * count }, (_, to) => {
      const place = places - 1 - (to % places);
      return place * count + Math.floor(to / places);
    });
    const blocks = reshape(graph, turned, [places * count, size * size]);
    const ordered = graph.op("Gather", [blocks, graph.constant("int32", [order.length], order)]);
    return reshape(graph, ordered, [ins, outs, height, width]);
  }
}
