import type { Multiplier } from "./gemm";
import type { WeightVectors } from "./weight-vectors";

export interface GramOptions {
  readonly multiplier: Multiplier;
  /** Bytes for the block of weights in memory; 256 MiB by default. */
  readonly memoryBytes?: number;
  readonly signal?: AbortSignal;
  /** Called after each block with the share done, 0 to 1. */
  readonly onProgress?: (share: number) => void;
}

/** Rows multiplied at a time: products of panels below the diagonal need not be computed. */
const PANEL = 256;

/**
 * Where the vectors are measured from: their centroid (which equals double centring of the Gram matrix), or the
 * first of them, whose row and column are then exactly 0.
 */
export type GramOrigin = "centroid" | "first";

/**
 * Gram matrix of weight vectors measured from an origin: entry (i, j) is the scalar product of vectors i and j.
 * Streamed: vectors are read in blocks of parameters, moved to the origin, and multiplied in float64.
 * @returns n x n, row-major, symmetric
 * @throws CheckpointError where a state cannot be read; the signal's reason where it is aborted
 */
export async function gramMatrix(
  vectors: WeightVectors,
  origin: GramOrigin,
  { multiplier, memoryBytes = 2 ** 28, signal, onProgress }: GramOptions,
): Promise<Float64Array> {
  const { count: n, parameters } = vectors;
  const gram = new Float64Array(n * n);
  const blockWidth = Math.max(1, Math.min(parameters, Math.floor(memoryBytes / 8 / n)));
  const buffer = new Float64Array(n * blockWidth);
  for (let start = 0; start < parameters; start += blockWidth) {
    signal?.throwIfAborted();
    const width = Math.min(blockWidth, parameters - start);
    const block = buffer.subarray(0, n * width);
    await vectors.readBlock(start, width, block);
    subtractRow(
      block,
      width,
      origin === "centroid" ? meanRow(block, width) : block.slice(0, width),
    );
    await addProducts(gram, n, block, width, multiplier);
    onProgress?.((start + width) / parameters);
  }
  mirror(gram, n);
  return gram;
}

function meanRow(block: Float64Array, width: number): Float64Array {
  const mean = new Float64Array(width);
  const rows = block.length / width;
  for (let at = 0; at < block.length; at += width)
    for (let c = 0; c < width; c++) mean[c] += block[at + c];
  for (let c = 0; c < width; c++) mean[c] /= rows;
  return mean;
}

function subtractRow(block: Float64Array, width: number, row: Float64Array): void {
  for (let at = 0; at < block.length; at += width)
    for (let c = 0; c < width; c++) block[at + c] -= row[c];
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
