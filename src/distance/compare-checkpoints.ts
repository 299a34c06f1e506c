import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Comparison } from "../protocol/comparison";
import { figuresOf } from "./figures";
import { matchTensors, type MatchOptions } from "./match-tensors";
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
  return { ...figuresOf(pairs, sums), ...matching };
}
