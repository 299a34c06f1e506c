import type { FloatArray } from "../checkpoint/checkpoint";
import type { Multiplier } from "./gemm";
import type { WeightVectors } from "./weight-vectors";

/** Bytes for weights in memory, where nobody asked for another number. */
export const WEIGHT_BYTES = 3 * 2 ** 25;

export interface GramOptions {
  readonly multiplier: Multiplier;
  /** Bytes for weights in memory; 96 MiB by default. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called after each block with the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Rows multiplied at a time: products of panels below the diagonal need not be computed. */
const PANEL = 256;
/** Numbers of a panel at most: more leave the processor's caches. */
const NUMBERS = PANEL * 2048;

/**
 * Where the vectors are measured from: their centroid (which equals double centring of the Gram matrix), or the
 * first of them, whose row and column are then exactly 0.
 */
export type GramOrigin = "centroid" | "first";

/**
 * Gram matrix of weight vectors measured from an origin: entry (i, j) is the scalar product of vectors i and j.
 * Streamed: stretches of the vectors are read, as wide as memory allows since each visit to a file costs; parts of these
 * are moved to the origin in float64 and multiplied.
 * @returns n x n, row-major, symmetric
 * @throws CheckpointError where a state cannot be read; the signal's reason where it is aborted
 */
export async function gramMatrix(
  vectors: WeightVectors,
  origin: GramOrigin,
  { multiplier, memoryBytes = WEIGHT_BYTES, signal, onProgress }: GramOptions,
): Promise<Float64Array> {
  const { count: n, parameters, wide } = vectors;
  const gram = new Float64Array(n * n);
  // A quarter for the part that is multiplied. An even width keeps rows aligned for reading without a copy.
  const columns = Math.floor(NUMBERS / Math.min(n, PANEL));
  const room = Math.min(parameters, columns, Math.floor(memoryBytes / 4 / 8 / n));
  const width = Math.max(1, room > 1 ? room - (room % 2) : room);
  const left = memoryBytes - 8 * n * width;
  const parts = Math.max(1, Math.floor(left / ((wide ? 8 : 4) * n * width)));
  const stretch = Math.min(parts, Math.ceil(parameters / width)) * width;
  const read = new (wide ? Float64Array : Float32Array)(n * stretch);
  const buffer = new Float64Array(n * width);
  for (let start = 0; start < parameters; start += stretch) {
    signal?.throwIfAborted();
    const long = Math.min(stretch, parameters - start);
    await vectors.readBlock(start, long, read);
    for (let from = 0; from < long; from += width) {
      signal?.throwIfAborted();
      const count = Math.min(width, long - from);
      const block = buffer.subarray(0, n * count);
      moveToOrigin(read, long, from, origin, block, count);
      await addProducts(gram, n, block, count, multiplier);
      onProgress?.((start + from + count) / parameters);
    }
  }
  mirror(gram, n);
  return gram;
}

/** Copies columns `from` to `from + width` of rows of `columns` into `block`, less their mean or the first row. */
function moveToOrigin(
  rows: FloatArray,
  columns: number,
  from: number,
  origin: GramOrigin,
  block: Float64Array,
  width: number,
): void {
  const n = block.length / width;
  const zero = new Float64Array(width);
  const averaged = origin === "centroid" ? n : 1;
  for (let i = 0; i < averaged; i++) {
    const row = rows.subarray(i * columns + from, i * columns + from + width);
    for (let c = 0; c < width; c++) zero[c] += row[c];
  }
  for (let c = 0; c < width; c++) zero[c] /= averaged;
  for (let i = 0; i < n; i++) {
    const row = rows.subarray(i * columns + from, i * columns + from + width);
    const moved = block.subarray(i * width, (i + 1) * width);
    for (let c = 0; c < width; c++) moved[c] = row[c] - zero[c];
  }
}

/** Adds the block's products to the panels on and above the diagonal. */
async function addProducts(
  gram: Float64Array,
  n: number,
  block: Float64Array,
  width: number,
  { multiply }: Multiplier,
): Promise<void> {
  for (let i = 0; i < n; i += PANEL) {
    const rows = Math.min(PANEL, n - i);
    for (let j = i; j < n; j += PANEL) {
      const columns = Math.min(PANEL, n - j);
      const left = block.subarray(i * width, (i + rows) * width);
      const right = block.subarray(j * width, (j + columns) * width);
      const product = await multiply(left, right, width);
      for (let r = 0; r < rows; r++)
        for (let c = 0; c < columns; c++) gram[(i + r) * n + j + c] += product[r * columns + c];
    }
  }
}

/** Copies what lies above the diagonal below it. */
function mirror(matrix: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) matrix[i * n + j] = matrix[j * n + i];
}
