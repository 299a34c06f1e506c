import { squaredDistance } from "../distance/squared-distance";
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
        squares[i * n + j] = squares[j * n + i] += squaredDistance(block, i, block, j, width);
    onProgress?.((start + width) / parameters);
  }
  return squares.map((square) => Math.sqrt(square));
}
