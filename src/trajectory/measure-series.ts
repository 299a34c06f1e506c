import type { Checkpoint, FloatArray } from "../checkpoint/checkpoint";
import type { SeriesTensor } from "./match-series";
import { SeriesSums, type SeriesSquares } from "./series-sums";

/** Elements read at a time from each file. */
const BLOCK = 1 << 20;

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Called after each block with the elements read so far and in all, over all checkpoints. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Squared distances of a series, by tensor and checkpoint. Each checkpoint is read once, a block of each in turn: five
 * blocks are in memory (w_0, w_T, w_{t-1}, w_t and the one being read), however long the series.
 * @returns one list for each tensor with an entry for each checkpoint
 * @throws CheckpointError where a file cannot be read; the signal's reason where it is aborted
 */
export async function measureSeries(
  checkpoints: readonly Checkpoint[],
  tensors: readonly SeriesTensor[],
  { signal, onProgress }: MeasureOptions = {},
): Promise<SeriesSquares[][]> {
  const total = tensors.reduce((sum, { parameters }) => sum + parameters * checkpoints.length, 0);
  let done = 0;
  const measured: SeriesSquares[][] = [];
  for (const tensor of tensors) {
    const sums = checkpoints.map(() => new SeriesSums());
    const wide = tensor.members.some(({ dtype }) => dtype === "F64");
    const length = Math.min(BLOCK, tensor.parameters);
    const allocate = () => (wide ? new Float64Array(length) : new Float32Array(length));
    const buffers = Array.from({ length: Math.min(5, checkpoints.length) }, allocate);
    for (let start = 0; start < tensor.parameters; start += length) {
      signal?.throwIfAborted();
      const count = Math.min(length, tensor.parameters - start);
      const pieces = buffers.map((buffer) => buffer.subarray(0, count));
      const read = (t: number, into: FloatArray) =>
        checkpoints[t].readFloats(tensor.members[t], start, into);
      await measureBlock(sums, pieces, read, () => {
        signal?.throwIfAborted();
        done += count;
        onProgress?.(done, total);
      });
    }
    measured.push(sums.map((sum) => sum.sums));
  }
  return measured;
}

/** One block of all checkpoints: the next is read while one is summed. */
async function measureBlock(
  sums: readonly SeriesSums[],
  pieces: readonly FloatArray[],
  read: (t: number, into: FloatArray) => Promise<void>,
  onDone: () => void,
): Promise<void> {
  const last = sums.length - 1;
  const [first, final = first, ...rest] = pieces;
  await Promise.all([read(0, first), last > 0 ? read(last, final) : undefined]);
  const reading = (t: number) => {
    if (t >= last) return Promise.resolve(final);
    const into = rest[t % rest.length];
    const started = read(t, into).then(() => into);
    // An error or an abort may end the loop while a read is under way: its failure is then nobody's.
    started.catch(() => undefined);
    return started;
  };
  sums[0].add(first, first, final, first);
  onDone();
  let previous = first;
  let next = reading(1);
  for (let t = 1; t <= last; t++) {
    const current = await next;
    if (t < last) next = reading(t + 1);
    sums[t].add(current, first, final, previous);
    previous = current;
    onDone();
  }
}
