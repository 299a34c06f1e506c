import type { FloatArray } from "../checkpoint/checkpoint";
import type { GramOptions } from "./gram";
import type { WeightVectors } from "./weight-vectors";

/** Numbers in memory at a time. */
const NUMBERS = 2 ** 18;

/**
 * Euclidean distances between a few weight vectors straight from the definition, √Σ (a - b)^2, in float64: exact to the
 * sum's rounding however near they are.
 * @returns n x n, row-major, symmetric
 * @throws CheckpointError where a state cannot be read; the signal's reason where it is aborted
 */
export async function directDistances(
  vectors: WeightVectors,
  { signal, onProgress }: Pick<GramOptions, "signal" | "onProgress"> = {},
): Promise<Float64Array> {
  const { count: n, parameters, wide } = vectors;
  const squares = new Float64Array(n * n);
  const stretch = Math.min(parameters, Math.ceil(NUMBERS / n));
  const block = new (wide ? Float64Array : Float32Array)(n * stretch);
  for (let start = 0; start < parameters; start += stretch) {
    signal?.throwIfAborted();
    const width = Math.min(stretch, parameters - start);
    await vectors.readBlock(start, width, block);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++)
        squares[i * n + j] = squares[j * n + i] += squaredDistance(block, i, j, width);
    onProgress?.((start + width) / parameters);
  }
  return squares.map((square) => Math.sqrt(square));
}

/** Of rows i and j of a block; four sums side by side, which a processor can add at the same time. */
function squaredDistance(block: FloatArray, i: number, j: number, width: number): number {
  let a = i * width;
  let b = j * width;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = a + width;
  for (; a + 3 < end; a += 4, b += 4) {
    const d0 = block[a] - block[b];
    const d1 = block[a + 1] - block[b + 1];
    const d2 = block[a + 2] - block[b + 2];
    const d3 = block[a + 3] - block[b + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; a < end; a++, b++) s0 += (block[a] - block[b]) ** 2;
  return s0 + s1 + (s2 + s3);
}
