import type { GraphBuilder } from "../../onnx/graph-builder";
import { reshape, resize, transpose } from "../../onnx/shaping";
import type { ImageShape } from "../operand";

/**
 * The arithmetic of blocks of `size` channels. Channels are rounded up to whole blocks; what the added ones
 * hold is finite but otherwise of no account: filters have zeros for them, and unpacking cuts them off.
 */
export class Blocks {
  constructor(readonly size: 8 | 16) {}

  roundUp(channels: number): number {
    return Math.ceil(channels / this.size) * this.size;
  }

  /** NHWC to blocks. */
  pack(graph: GraphBuilder, plain: string, shape: ImageShape): string {
    const [rows, height, width, channels] = shape;
    const all = this.roundUp(channels);
    const padded = resize(graph, plain, shape, [rows, height, width, all]);
    const split = [rows, height * width, all / this.size, this.size];
    const blocks = transpose(graph, reshape(graph, padded, split), [0, 2, 1, 3]);
    return reshape(graph, blocks, [rows, all, height, width]);
  }

  /** Blocks to NHWC. */
  unpack(graph: GraphBuilder, packed: string, shape: ImageShape): string {
    const [rows, height, width, channels] = shape;
    const all = this.roundUp(channels);
    const split = [rows, all / this.size, height * width, this.size];
    const pixels = transpose(graph, reshape(graph, packed, split), [0, 2, 1, 3]);
    const whole: ImageShape = [rows, height, width, all];
    return resize(graph, reshape(graph, pixels, whole), whole, shape);
  }

  /** A filter HWIO for an image in blocks. */
  filter(graph: GraphBuilder, plain: string, shape: readonly number[]): string {
    const [height, width, inputs, outputs] = shape;
    const [ins, outs] = [this.roundUp(inputs), this.roundUp(outputs)];
    const padded = resize(graph, plain, shape, [height, width, ins, outs]);
    const split = [height * width, ins / this.size, this.size, outs / this.size, this.size];
    const blocks = transpose(graph, reshape(graph, padded, split), [3, 1, 0, 2, 4]);
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
    const turned =
      height * width === 1
        ? plain
        : graph.op("Slice", [
            plain,
            graph.int64s([-1, -1]),
            graph.int64s([-height - 1, -width - 1]),
            graph.int64s([0, 1]),
            graph.int64s([-1, -1]),
          ]);
    const padded = resize(graph, turned, shape, [height, width, ins, outs]);
    // First within the rows of a block, then whole blocks: each step stays near where it reads.
    const { size } = this;
    const rows = reshape(graph, padded, [(height * width * ins) / size, size, outs]);
    const turnedRows = transpose(graph, rows, [0, 2, 1]);
    const blocks = reshape(graph, turnedRows, [
      height * width,
      (ins / size) * (outs / size),
      size * size,
    ]);
    return reshape(graph, transpose(graph, blocks, [1, 0, 2]), [ins, outs, height, width]);
  }
}
