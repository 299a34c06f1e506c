import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Comparison } from "../protocol/comparison";
import { joinSums, type ChangeSums } from "./change-sums";
import { matchTensors, type MatchOptions, type TensorPair } from "./match-tensors";
import { movement } from "./movement";
import { unitRoundoff } from "./rounding-floor";
import { sumsOfPairs } from "./sums-of-pairs";

export interface CompareOptions extends MatchOptions {
  readonly signal?: AbortSignal;
  /** Called after each block with the elements compared so far and in all. */
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Compares two checkpoints tensor by tensor, by name, in blocks: memory does not grow with the files. Of values
 * that float32 holds exactly, the results agree with exact arithmetic to 1e-12 relative. They do not depend on the number
 * of processors. Starts no threads for small checkpoints.
 * @throws CheckpointError where a file cannot be read
 * @throws the signal's reason where it is aborted
 */
export async function compareCheckpoints(
  a: Checkpoint,
  b: Checkpoint,
  { signal, onProgress, ...options }: CompareOptions = {},
): Promise<Comparison> {
  const { pairs, ...matching } = matchTensors(a, b, options);
  const total = pairs.reduce((sum, pair) => sum + pair.a.parameters, 0);
  let done = 0;
  const sums = await sumsOfPairs(a, b, pairs, {
    signal,
    onProgress: (elements) => onProgress?.((done += elements), total),
  });
  return { ...comparison(pairs, sums), ...matching };
}

/** Figures of each pair and of all together. */
function comparison(pairs: readonly TensorPair[], sums: readonly ChangeSums[]) {
  const roundingSquares = pairs.map(
    (pair, i) => unitRoundoff(pair.a.dtype, pair.b.dtype) ** 2 * sums[i].squareA,
  );
  const place = (i: number) => ({ tensor: pairs[i].a.name, index: sums[i].maxIndex });
  const total = joinSums(sums);
  const largest = total.max > 0 ? sums.findIndex(({ max }) => max === total.max) : -1;
  return {
    ...movement(
      total,
      largest < 0 ? null : place(largest),
      roundingSquares.reduce((sum, square) => sum + square, 0),
    ),
    tensors: pairs.map(({ a, b }, i) => ({
      name: a.name,
      ...(a.name === b.name ? {} : { nameInB: b.name }),
      shape: a.shape,
      dtype: a.dtype,
      dtypeInB: b.dtype,
      ...movement(sums[i], sums[i].max > 0 ? place(i) : null, roundingSquares[i]),
    })),
  };
}
