import {
  failureOf,
  type Answer,
  type Argument,
  type Failure,
  type Methods,
  type Post,
  type RpcMessage,
} from "./rpc";
import { buffersIn } from "./transfer";

/** What a handler is given beside its argument. */
export interface CallContext {
  /** Aborted where the caller cancels or goes. */
  readonly signal: AbortSignal;
  /** Tells the caller a share from 0 to 1; may be called often. */
  readonly progress: (share: number) => void;
}

/** One handler for each method of the interface. */
export type Handlers<Api extends Methods<Api>> = {
  readonly [K in keyof Api]: (
    argument: Argument<Api, K>,
    context: CallContext,
  ) => Promise<Answer<Api, K>>;
};

/** Milliseconds between two progress messages of a call. */
const PAUSE = 80;

/** The called side: `receive` is given every message that comes. */
export class RpcServer<Api extends Methods<Api>> {
  private readonly running = new Map<number, AbortController>();

  /**
   * @param toFailure what a handler's exception means to the caller
   */
  constructor(
    private readonly handlers: Handlers<Api>,
    private readonly post: Post,
    private readonly toFailure: (error: unknown) => Failure = failureOf,
  ) {}

  receive(message: RpcMessage): void {
    if (message.rpc === "cancel") this.running.get(message.id)?.abort();
    if (message.rpc === "call") void this.run(message.id, message.method, message.argument);
  }

  /** Stops everything that runs; its answers are not sent. For a caller that has gone, or begins anew. */
  cancelAll(): void {
    for (const controller of this.running.values()) controller.abort();
    this.running.clear();
  }

  private async run(id: number, method: string, argument: unknown): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    let answer: { ok: unknown } | { err: Failure };
    try {
      const handler = this.handler(method);
      answer = { ok: await handler(argument, this.context(id, controller.signal)) };
    } catch (error) {
      answer = { err: this.toFailure(error) };
    }
    // A caller that began anew may have used the id again meanwhile.
    if (this.running.get(id) === controller) this.running.delete(id);
    // Whoever cancelled has already been told so.
    if (controller.signal.aborted) return;
    this.post({ rpc: "answer", id, answer }, "ok" in answer ? buffersIn(answer.ok) : []);
  }

  private handler(method: string): (argument: unknown, context: CallContext) => Promise<unknown> {
    if (!Object.hasOwn(this.handlers, method)) throw new Error(`no method is called ${method}`);
    return this.handlers[method as keyof Api] as (
      argument: unknown,
      context: CallContext,
    ) => Promise<unknown>;
  }

  private context(id: number, signal: AbortSignal): CallContext {
    let last = -Infinity;
    return {
      signal,
      progress: (share) => {
        const now = performance.now();
        if (now - last < PAUSE || signal.aborted) return;
        last = now;
        this.post({ rpc: "progress", id, share }, []);
      },
    };
  }
}
