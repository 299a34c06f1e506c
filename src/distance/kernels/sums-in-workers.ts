import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { CheckpointError } from "../../checkpoint/error";
import type { ChangeSums } from "../change-sums";
import type { Piece } from "./piece";
import { fileIdentity } from "./read-bytes";

/** More gain nothing that a disk can deliver, and each takes memory. */
const MAX_WORKERS = 8;

/** What a worker is started with. Each takes the next piece that none has taken, until there are no more. */
export interface WorkerTask {
  readonly module: WebAssembly.Module;
  readonly pieces: readonly Piece[];
  /** Index of the next piece, an Int32 that all workers share. */
  readonly next: SharedArrayBuffer;
  readonly identities: ReadonlyMap<string, string>;
}

export interface PieceResult {
  readonly index: number;
  readonly sums: ChangeSums;
}

/** What it sends. An exception in it that is not a CheckpointError comes as the worker's own error event. */
export type WorkerMessage =
  | { readonly type: "results"; readonly results: readonly PieceResult[] }
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
  /** Number of threads; one for each core by default, but at most 8. */
  readonly workers?: number;
  readonly signal?: AbortSignal | undefined;
  /** Called with each piece's elements. */
  readonly onPiece?: (elements: number) => void;
}

/**
 * Sums of each piece, by kernels in worker threads that read the files themselves. The results do not depend on the
 * number of workers.
 * @throws CheckpointError where a file cannot be read or changed meanwhile
 * @throws the signal's reason where it is aborted
 */
export async function sumsInWorkers(
  pieces: readonly Piece[],
  { worker: bundle, module, workers, signal, onPiece }: SweepOptions,
): Promise<ChangeSums[]> {
  signal?.throwIfAborted();
  const files = new Set(pieces.flatMap(({ a, b }) => [a.file, b.file]));
  const identities = new Map([...files].map((file) => [file, fileIdentity(file)]));
  const task: WorkerTask = { module, pieces, next: new SharedArrayBuffer(4), identities };
  const threads = Math.min(workers ?? availableParallelism(), MAX_WORKERS, pieces.length);
  const sums = new Array<ChangeSums>(pieces.length);
  const onResult = ({ index, sums: one }: PieceResult) => {
    sums[index] = one;
    onPiece?.(one.parameters);
  };
  const running = Array.from({ length: threads }, () => new Worker(bundle, { workerData: task }));
  const stop = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      const onAbort = () => {
        reject(signal!.reason as Error);
      };
      signal?.addEventListener("abort", onAbort, { signal: stop.signal });
      Promise.all(running.map((worker) => finished(worker, onResult))).then(() => {
        resolve();
      }, reject);
    });
    return sums;
  } finally {
    stop.abort();
    await Promise.all(running.map((worker) => worker.terminate()));
  }
}

/** Settles when a worker has no more pieces, or fails. */
function finished(worker: Worker, onResult: (result: PieceResult) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.on("message", (message: WorkerMessage) => {
      if (message.type === "results") message.results.forEach(onResult);
      else reject(new CheckpointError(message.path, message.reason, message.offset));
    });
    worker.on("error", reject);
    worker.on("exit", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A distance worker ended early (${code}).`));
    });
  });
}
