import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import type { Worker } from "node:worker_threads";
import { CheckpointError } from "../../checkpoint/error";
import type { ChangeSums } from "../change-sums";
import type { Piece } from "./piece";
import { fileIdentity } from "./read-bytes";
import { keepWorker, takeWorker } from "./worker-pool";
import { sweep, type PieceResult, type SweepTask } from "./sweep";

/** More gain nothing that a disk can deliver, and each takes memory. */
const MAX_THREADS = 8;

/** What a worker sends. An exception in it that is not a CheckpointError comes as the worker's own error event. */
export type WorkerMessage =
  | {
      readonly type: "results";
      readonly results: readonly PieceResult[];
      /** Whether these are its last. */
      readonly finished: boolean;
    }
  | {
      readonly type: "failed";
      readonly path: string;
      readonly reason: string;
      readonly offset: number | null;
    };

export interface SweepOptions {
  /** The bundle of worker.ts. */
  readonly worker: string;
  readonly module: WebAssembly.Module;
  /** Number of threads, this one included; one for each core by default, but at most 8. */
  readonly threads?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with each piece's elements. */
  readonly onPiece?: (elements: number) => void;
}

/**
 * Sums of each piece, by kernels in this thread and in workers, which read the files themselves. This thread takes part,
 * because a worker takes tens of milliseconds to start; it sees to other things after each piece. Workers are kept for
 * two seconds, in case another comparison follows. The results do not
 * depend on the number of threads.
 * @throws CheckpointError where a file cannot be read or changed meanwhile
 * @throws the signal's reason where it is aborted
 */
export async function sumsInWorkers(
  pieces: readonly Piece[],
  {
    worker: bundle,
    module,
    threads = Math.min(availableParallelism(), MAX_THREADS),
    signal,
    onPiece,
  }: SweepOptions,
): Promise<ChangeSums[]> {
  signal?.throwIfAborted();
  const files = new Set(pieces.flatMap(({ a, b }) => [a.file, b.file]));
  const identities = new Map([...files].map((file) => [file, fileIdentity(file)]));
  const task: SweepTask = { module, pieces, next: new SharedArrayBuffer(4), identities };
  const sums = new Array<ChangeSums>(pieces.length);
  const onResult = ({ index, sums: one }: PieceResult) => {
    sums[index] = one;
    onPiece?.(one.parameters);
  };
  const length = Math.max(0, Math.min(threads, pieces.length) - 1);
  const workers = Array.from({ length }, () => takeWorker(bundle));
  const stop = new AbortController();
  const signals = AbortSignal.any(signal ? [signal, stop.signal] : [stop.signal]);
  try {
    await Promise.all([
      ...workers.map((worker) => sweepThere(worker, task, signals, onResult)),
      sweepHere(task, signals, onResult),
    ]);
    for (const worker of workers) keepWorker(bundle, worker);
    return sums;
  } catch (error) {
    // Nobody waits until the threads have gone.
    stop.abort();
    for (const worker of workers) void worker.terminate();
    throw error;
  }
}

async function sweepHere(
  task: SweepTask,
  signal: AbortSignal,
  onResult: (result: PieceResult) => void,
): Promise<void> {
  for (const result of sweep(task)) {
    onResult(result);
    await setImmediate();
    signal.throwIfAborted();
  }
}

/** Settles when the worker has no more pieces, fails, or is to stop. */
function sweepThere(
  worker: Worker,
  task: SweepTask,
  signal: AbortSignal,
  onResult: (result: PieceResult) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => {
      reject(signal.reason as Error);
    });
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "failed") {
        reject(new CheckpointError(message.path, message.reason, message.offset));
        return;
      }
      message.results.forEach(onResult);
      if (message.finished) resolve();
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      reject(new Error(`A distance worker ended early (${code}).`));
    });
    worker.postMessage(task);
  });
}
