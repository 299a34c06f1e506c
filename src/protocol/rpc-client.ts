import {
  CANCELLED,
  RpcError,
  type Answer,
  type Argument,
  type Failure,
  type Methods,
  type Post,
  type RpcMessage,
} from "./rpc";

export interface CallOptions {
  /** Aborting it rejects the call at once and tells the other side to stop. */
  readonly signal?: AbortSignal | undefined;
  /** Told a share from 0 to 1 now and then. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
  onProgress(share: number): void;
}

/** The calling side: `call` sends, `receive` is given every message that comes back. */
export class RpcClient<Api extends Methods<Api>> {
  private readonly pending = new Map<number, Pending>();
  private next = 0;

  constructor(private readonly post: Post) {}

  /** How many calls wait for their answer. */
  get waiting(): number {
    return this.pending.size;
  }

  /**
   * Calls a method of the other side.
   * @throws RpcError
   */
  call<K extends keyof Api & string>(
    method: K,
    argument: Argument<Api, K>,
    { signal, onProgress }: CallOptions = {},
  ): Promise<Answer<Api, K>> {
    if (signal?.aborted) return Promise.reject(new RpcError(CANCELLED));
    const id = this.next++;
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        if (!this.pending.delete(id)) return;
        this.post({ rpc: "cancel", id }, []);
        reject(new RpcError(CANCELLED));
      };
      const forget = (): void => signal?.removeEventListener("abort", cancel);
      this.pending.set(id, {
        resolve: (value) => {
          forget();
          resolve(value as Answer<Api, K>);
        },
        reject: (error) => {
          forget();
          reject(error);
        },
        onProgress: (share) => onProgress?.(share),
      });
      signal?.addEventListener("abort", cancel);
      this.post({ rpc: "call", id, method, argument }, []);
    });
  }

  receive(message: RpcMessage): void {
    const pending = this.pending.get(message.id);
    // An answer to a cancelled call may still come.
    if (!pending) return;
    if (message.rpc === "progress") pending.onProgress(message.share);
    if (message.rpc !== "answer") return;
    this.pending.delete(message.id);
    if ("ok" in message.answer) pending.resolve(message.answer.ok);
    else pending.reject(new RpcError(message.answer.err));
  }

  /** Fails every call that waits: the other side has gone. */
  fail(failure: Failure): void {
    const waiting = [...this.pending.values()];
    this.pending.clear();
    for (const call of waiting) call.reject(new RpcError(failure));
  }
}
