import type { Checkpoint, FloatArray } from "../checkpoint/checkpoint";
import { ChangeCounter } from "./change-counter";
import type { ChangeSums } from "./change-sums";
import type { TensorPair } from "./match-tensors";
import { ProductSums } from "./products";

/** Elements read at a time from each file: 4 MiB of float32, few enough to stay near the processor. */
const BLOCK = 1 << 20;

/**
 * Sums of one pair of tensors that a checkpoint of any kind decodes: in blocks, so that memory does not grow with
 * the tensor. The reference for the kernels.
 * @param onBlock called with each block's number of elements; what it throws ends the work
 * @throws CheckpointError where a file cannot be read
 */
export async function sumsOfPair(
  a: Checkpoint,
  b: Checkpoint,
  pair: TensorPair,
  onBlock: (elements: number) => void,
): Promise<ChangeSums> {
  const sums = new DecodedSums();
  for await (const [left, right] of blocks(a, b, pair)) {
    onBlock(left.length);
    sums.add(left, right);
  }
  return sums.values;
}

/** Sums of two vectors of decoded values given piece by piece. */
export class DecodedSums {
  private readonly products = new ProductSums();
  private readonly counter = new ChangeCounter();
  private parameters = 0;

  /** Adds pieces of equal length. */
  add(a: FloatArray, b: FloatArray): void {
    this.parameters += a.length;
    this.products.add(a, b);
    this.counter.add(a, b);
  }

  get values(): ChangeSums {
    const { histogram, max, maxIndex } = this.counter;
    return { parameters: this.parameters, ...this.products.sums, max, maxIndex, histogram };
  }
}

/** Pieces of two tensors side by side; the next pair of pieces is read while the caller works on one. */
async function* blocks(
  a: Checkpoint,
  b: Checkpoint,
  pair: TensorPair,
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
