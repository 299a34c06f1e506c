import { existsSync } from "node:fs";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { isRpcMessage, RpcError, type Answer, type Argument, type Failure } from "../protocol/rpc";
import { RpcClient, type CallOptions } from "../protocol/rpc-client";
import { Deadline } from "./deadline";
import type { ReaderApi } from "./reader-api";

export interface ReaderOptions {
  /** The worker's bundle; beside the calling bundle where it is not given. */
  readonly script?: string;
  /** Milliseconds of silence, neither answer nor progress, after which a call's worker is ended. */
  readonly silence?: number;
  /** Limit of the worker's JavaScript heap in MiB. Typed arrays lie outside it. */
  readonly memory?: number;
}

const SILENCE = 60_000;
const MEMORY = 2048;

/**
 * Reads checkpoints in a worker thread of its own, so that a hostile file can neither hang nor exhaust this process.
 * A worker that dies, runs out of memory or falls silent fails the calls that wait; the next call starts another.
 */
export class ReaderClient {
  private worker: Worker | null = null;
  private readonly rpc = new RpcClient<ReaderApi>((message) => {
    this.worker!.postMessage(message);
  });
  private readonly silence: number;
  private disposed = false;

  constructor(private readonly options: ReaderOptions = {}) {
    this.silence = options.silence ?? SILENCE;
  }

  /**
   * @throws RpcError
   */
  async call<K extends keyof ReaderApi>(
    method: K,
    argument: Argument<ReaderApi, K>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<Answer<ReaderApi, K>> {
    if (this.disposed) throw new RpcError(ended("the reader was closed"));
    this.worker ??= this.start();
    const deadline = new Deadline(this.silence, () => {
      const seconds = Math.round(this.silence / 1000);
      this.end(ended(`reading gave no sign of life for ${seconds} s and was ended`));
    });
    try {
      return await this.rpc.call(method, argument, {
        signal,
        onProgress: (share) => {
          deadline.extend();
          onProgress?.(share);
        },
      });
    } finally {
      deadline.clear();
    }
  }

  /** Ends the worker and all that waits for it. */
  dispose(): void {
    this.disposed = true;
    this.end(ended("the reader was closed"));
  }

  private start(): Worker {
    const worker = new Worker(this.options.script ?? bundle(), {
      resourceLimits: { maxOldGenerationSizeMb: this.options.memory ?? MEMORY },
    });
    worker.on("message", (message: unknown) => {
      if (worker === this.worker && isRpcMessage(message)) this.rpc.receive(message);
    });
    worker.on("error", (error: NodeJS.ErrnoException) => {
      if (worker === this.worker) this.end(ended(this.reasonOf(error)));
    });
    worker.on("exit", (code) => {
      if (worker === this.worker) this.end(ended(`the reader stopped with code ${code}`));
    });
    return worker;
  }

  private reasonOf(error: NodeJS.ErrnoException): string {
    return error.code === "ERR_WORKER_OUT_OF_MEMORY"
      ? `reading needed more than ${this.options.memory ?? MEMORY} MiB of memory and was ended`
      : `the reader failed: ${error.message}`;
  }

  private end(failure: Failure): void {
    const worker = this.worker;
    this.worker = null;
    this.rpc.fail(failure);
    void worker?.terminate();
  }
}

function ended(reason: string): Failure {
  return { kind: "ended", reason, file: null, offset: null };
}

function bundle(): string {
  const file = path.join(__dirname, "reader-worker.js");
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  return file;
}
