import type { ChangeSums } from "../change-sums";
import { BINS, changeHistogram } from "../histogram";
import type { Piece, PieceSide } from "./piece";

/**
 * Bytes read at a time from the side with the wider elements: large enough for a disk, small enough that both sides
 * stay in a processor's second cache until the kernel has gone over them.
 */
const BLOCK_BYTES = 1 << 18;
/** What vectors may touch behind a block, and a distance between the sides' places in the cache. */
const SPARE = 4096 + 64;
const PAGE = 1 << 16;

/** What the module exports; see kernels/assembly/index.ts. */
interface Exports {
  readonly memory: WebAssembly.Memory;
  start(): void;
  add(a: number, b: number, length: number, typeA: number, typeB: number): void;
  finish(): number;
  binsAt(): number;
  freeAt(): number;
}

/** Fills `into` with the bytes of a side from `position` on, counted from the file's beginning. */
export type ReadBytes = (side: PieceSide, position: number, into: Uint8Array) => void;

/**
 * Sums of pieces by the WebAssembly SIMD kernel, all in one pass. Blocks are read into its own memory, without a copy
 * in between. Of values that float32 holds, its sums agree with exact arithmetic to 1e-12 relative, that of products
 * relative to |a| |b|; its counts and the largest change are exact.
 */
export class Kernel {
  private readonly exports: Exports;
  private readonly memory: Uint8Array;
  private readonly blockA: number;
  private readonly blockB: number;

  constructor(module: WebAssembly.Module) {
    const imports = { env: { abort: abortKernel } };
    this.exports = new WebAssembly.Instance(module, imports).exports as Exports;
    this.blockA = this.exports.freeAt();
    this.blockB = this.blockA + BLOCK_BYTES + SPARE;
    const { memory } = this.exports;
    const missing = this.blockB + BLOCK_BYTES + SPARE - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    this.memory = new Uint8Array(memory.buffer);
  }

  /** @throws what `read` throws */
  sums({ a, b, length }: Piece, read: ReadBytes): ChangeSums {
    const { exports, memory, blockA, blockB } = this;
    exports.start();
    const step = BLOCK_BYTES / Math.max(a.width, b.width);
    for (let start = 0; start < length; start += step) {
      const count = Math.min(step, length - start);
      read(a, a.offset + start * a.width, memory.subarray(blockA, blockA + count * a.width));
      read(b, b.offset + start * b.width, memory.subarray(blockB, blockB + count * b.width));
      exports.add(blockA, blockB, count, a.type, b.type);
    }
    return this.results(length);
  }

  private results(parameters: number): ChangeSums {
    const { buffer } = this.exports.memory;
    const [difference, squareA, squareB, dot, nonFinite, unchanged, max, maxIndex] =
      new Float64Array(buffer, this.exports.finish(), 8);
    const histogram = changeHistogram(
      new Uint32Array(buffer, this.exports.binsAt(), BINS),
      unchanged,
    );
    return { parameters, nonFinite, difference, squareA, squareB, dot, max, maxIndex, histogram };
  }
}

function abortKernel(): never {
  throw new Error("The distance kernel stopped.");
}
