import type { Checkpoint, FloatArray, TensorInfo } from "../checkpoint/checkpoint";
import type { Comparison } from "../protocol/comparison";
import { matchTensors } from "./match-tensors";
import { movement } from "./movement";
import { ProductSums, totalSums, type ProductSumValues } from "./products";

/** Elements read at a time from each file: 4 MiB of float32, few enough to stay near the processor. */
const BLOCK = 1 << 20;

export interface CompareOptions {
  readonly signal?: AbortSignal;
  /** Called after each block with the elements compared so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compares two checkpoints tensor by tensor, by name, in blocks: memory does not grow with the files. Of values
 * that float32 holds exactly, the results agree with exact arithmetic to 1e-12 relative (see ProductSums).
 * @throws CheckpointError where a file cannot be read
 * @throws the signal's reason where it is aborted
 */
export async function compareCheckpoints(
  a: Checkpoint,
  b: Checkpoint,
  { signal, onProgress }: CompareOptions = {},
): Promise<Comparison> {
  const { pairs, unmatched, notCounted } = matchTensors(a, b);
  const total = pairs.reduce((sum, pair) => sum + pair.a.parameters, 0);
  let done = 0;
  const sums: ProductSumValues[] = [];
  for (const pair of pairs) {
    const tensorSums = new ProductSums();
    for await (const [left, right] of blocks(a, b, pair)) {
      signal?.throwIfAborted();
      tensorSums.add(left, right);
      done += left.length;
      onProgress?.(done, total);
    }
    sums.push(tensorSums.sums);
  }
  return {
    ...movement(totalSums(sums), total),
    tensors: pairs.map((pair, i) => ({
      name: pair.a.name,
      shape: pair.a.shape,
      ...movement(sums[i], pair.a.parameters),
    })),
    unmatched,
    notCounted,
  };
}

/** Pieces of two tensors side by side; the next pair of pieces is read while the caller works on one. */
async function* blocks(
  a: Checkpoint,
  b: Checkpoint,
  pair: { readonly a: TensorInfo; readonly b: TensorInfo },
): AsyncGenerator<[FloatArray, FloatArray]> {
  const { parameters } = pair.a;
  const wide = pair.a.dtype === "F64" || pair.b.dtype === "F64";
  const length = Math.min(BLOCK, parameters);
  const allocate = () => (wide ? new Float64Array(length) : new Float32Array(length));
  const buffers = [
    [allocate(), allocate()],
    [allocate(), allocate()],
  ] as const;
  const read = async (start: number): Promise<[FloatArray, FloatArray]> => {
    const count = Math.min(length, parameters - start);
    const [left, right] = buffers[(start / length) % 2];
    const pieces: [FloatArray, FloatArray] = [left.subarray(0, count), right.subarray(0, count)];
    await Promise.all([
      a.readFloats(pair.a, start, pieces[0]),
      b.readFloats(pair.b, start, pieces[1]),
    ]);
    return pieces;
  };
  if (parameters === 0) return;
  let next = read(0);
  // The loop may end, by an error or an abort, while a read is under way: its failure is then nobody's.
  next.catch(() => undefined);
  for (let start = 0; start < parameters; start += length) {
    const pieces = await next;
    if (start + length < parameters) {
      next = read(start + length);
      next.catch(() => undefined);
    }
    yield pieces;
  }
}
