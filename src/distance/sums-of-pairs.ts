import type { Checkpoint } from "../checkpoint/checkpoint";
import { joinSums, type ChangeSums } from "./change-sums";
import { sumsOfPair } from "./decoded-sums";
import { loadKernel, type LoadedKernel } from "./kernels/load-kernel";
import { piecesOf, type Piece } from "./kernels/piece";
import { sumsInWorkers } from "./kernels/sums-in-workers";
import type { TensorPair } from "./match-tensors";

/** Elements from which on starting workers takes less time than they save. */
const WORTH_WORKERS = 1 << 22;

export interface SumOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of elements done since the last call. */
  readonly onProgress: (elements: number) => void;
  /** The kernel to use; by default the one beside this bundle where it is worth it. Null: none. */
  readonly kernel?: LoadedKernel | null;
  /** Number of threads; see sumsInWorkers. */
  readonly threads?: number;
}

/**
 * Sums of each pair of tensors. Pairs whose bytes lie as they are go to kernels in several threads where there is much
 * to do; all others are decoded and summed here.
 * @throws as sumsOfPair and sumsInWorkers
 */
export async function sumsOfPairs(
  a: Checkpoint,
  b: Checkpoint,
  pairs: readonly TensorPair[],
  { signal, onProgress, kernel: given, threads }: SumOptions,
): Promise<ChangeSums[]> {
  const pieces = pairs.map((pair, index) => piecesOf(a, b, pair, index));
  const raw = pieces.flatMap((ofPair) => ofPair ?? []);
  const elements = raw.reduce((sum, { length }) => sum + length, 0);
  const kernel = given === undefined && elements >= WORTH_WORKERS ? await loadKernel() : given;
  const decode = async (pair: TensorPair) =>
    sumsOfPair(a, b, pair, (count) => {
      signal?.throwIfAborted();
      onProgress(count);
    });
  const sums = new Array<ChangeSums>(pairs.length);
  const stop = new AbortController();
  const swept = kernel
    ? sumsInWorkers(raw, {
        ...kernel,
        ...(threads === undefined ? {} : { threads }),
        signal: signal ? AbortSignal.any([signal, stop.signal]) : stop.signal,
        onPiece: onProgress,
      })
    : Promise.resolve([]);
  // Where decoding fails first, nobody waits for the workers.
  swept.catch(() => undefined);
  try {
    for (const [i, pair] of pairs.entries())
      if (!kernel || !pieces[i]) sums[i] = await decode(pair);
    const byPair = groupByPair(raw, await swept);
    for (const i of pairs.keys()) if (kernel && pieces[i]) sums[i] = joinSums(byPair.get(i) ?? []);
  } catch (error) {
    stop.abort();
    throw error;
  }
  return sums;
}

function groupByPair(
  pieces: readonly Piece[],
  sums: readonly ChangeSums[],
): ReadonlyMap<number, readonly ChangeSums[]> {
  const groups = new Map<number, ChangeSums[]>();
  sums.forEach((one, i) => {
    const group = groups.get(pieces[i].pair);
    if (group) group.push(one);
    else groups.set(pieces[i].pair, [one]);
  });
  return groups;
}
