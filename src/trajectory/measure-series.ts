import type { Checkpoint, FloatArray } from "../checkpoint/checkpoint";
import type { SeriesTensor } from "./match-series";
import { missingPairs, withMirrored, type MissingPairs } from "./missing-pairs";
import { SeriesSums, unknown, type KnownSquares } from "./series-sums";

/** Elements read at a time from each file. */
const BLOCK = 1 << 20;

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  /** Called after each block with the elements read so far and in all, over all checkpoints. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface SeriesOptions extends MeasureOptions {
  /** What is known of each tensor and checkpoint already; nothing by default. */
  readonly known?: readonly (readonly KnownSquares[])[];
  /** Whether the distances to the last are measured even where all would be read for them alone; by default they are. */
  readonly toLast?: boolean;
}

/**
 * Squared distances of a series, by tensor and checkpoint. Each checkpoint that has a part in what is not known yet is
 * read once, a block of each in turn: five blocks are in memory (w_0, w_T, w_{t-1}, w_t and the one being read), however
 * long the series.
 * @returns one list for each tensor with an entry for each checkpoint
 * @throws CheckpointError where a file cannot be read; the signal's reason where it is aborted
 */
export async function measureSeries(
  checkpoints: readonly Checkpoint[],
  tensors: readonly SeriesTensor[],
  { signal, onProgress, known, toLast = true }: SeriesOptions = {},
): Promise<KnownSquares[][]> {
  const plans = tensors.map((tensor, i) => {
    const own = withMirrored(known?.[i] ?? checkpoints.map(() => unknown));
    return { tensor, own, missing: missingPairs(own, toLast) };
  });
  const total = plans.reduce((sum, { tensor, missing }) => {
    return sum + tensor.parameters * missing.read.filter(Boolean).length;
  }, 0);
  let done = 0;
  const measured: KnownSquares[][] = [];
  for (const { tensor, own, missing } of plans) {
    const sums = checkpoints.map(() => new SeriesSums());
    const wide = tensor.members.some(({ dtype }) => dtype === "F64");
    const length = missing.read.includes(true) ? Math.min(BLOCK, tensor.parameters) : 0;
    const allocate = () => (wide ? new Float64Array(length) : new Float32Array(length));
    const buffers = Array.from({ length: Math.min(5, checkpoints.length) }, allocate);
    for (let start = 0; length > 0 && start < tensor.parameters; start += length) {
      signal?.throwIfAborted();
      const count = Math.min(length, tensor.parameters - start);
      const pieces = buffers.map((buffer) => buffer.subarray(0, count));
      const read = (t: number, into: FloatArray) =>
        checkpoints[t].readFloats(tensor.members[t], start, into);
      await measureBlock(sums, missing, pieces, read, () => {
        signal?.throwIfAborted();
        done += count;
        onProgress?.(done, total);
      });
    }
    measured.push(withMirrored(own.map((square, t) => joined(square, missing, sums[t], t))));
  }
  return measured;
}

/** What was known, and what was measured now. */
function joined(
  own: KnownSquares,
  { pairs }: MissingPairs,
  { sums }: SeriesSums,
  t: number,
): KnownSquares {
  const { fromFirst, toLast, fromPrevious, norm } = pairs[t];
  return {
    fromFirst: fromFirst ? sums.fromFirst : own.fromFirst,
    toLast: toLast ? sums.toLast : own.toLast,
    fromPrevious: fromPrevious ? sums.fromPrevious : own.fromPrevious,
    norm: norm ? sums.norm : own.norm,
  };
}

/** One block of the checkpoints that are read: the next is read while one is summed. */
async function measureBlock(
  sums: readonly SeriesSums[],
  { pairs, read: isRead }: MissingPairs,
  pieces: readonly FloatArray[],
  read: (t: number, into: FloatArray) => Promise<void>,
  onDone: () => void,
): Promise<void> {
  const last = sums.length - 1;
  const [first, final = first, ...rest] = pieces;
  await Promise.all([
    isRead[0] ? read(0, first) : undefined,
    last > 0 && isRead[last] ? read(last, final) : undefined,
  ]);
  let turn = 0;
  const reading = (t: number) => {
    if (t >= last) return Promise.resolve(final);
    const into = rest[turn++ % rest.length];
    const started = read(t, into).then(() => into);
    // An error or an abort may end the loop while a read is under way: its failure is then nobody's.
    started.catch(() => undefined);
    return started;
  };
  /** The checkpoint from t on that is read next. */
  const following = (t: number) => {
    const found = isRead.indexOf(true, t);
    return found < 0 ? last + 1 : found;
  };
  let previous = first;
  let next = reading(following(1));
  for (let t = following(0); t <= last; t = following(t + 1)) {
    const current = t === 0 ? first : await next;
    if (t > 0 && t < last) next = reading(following(t + 1));
    const { fromFirst, toLast, fromPrevious } = pairs[t];
    // What is known stands for itself: its sums are not looked at.
    sums[t].add(
      current,
      fromFirst ? first : current,
      toLast ? final : current,
      fromPrevious ? previous : current,
    );
    previous = current;
    onDone();
  }
}
