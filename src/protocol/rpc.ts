/**
 * Calls between two sides that exchange messages (host and worker, webview and host), typed from one interface of
 * methods: each takes one argument and returns plain data. Answers are `{ok}` or `{err}`, so a throwing handler never
 * leaves its caller waiting; a call can be cancelled and tells its progress.
 */

/** Why a call failed, as plain data. */
export interface Failure {
  /** "file": the file is to blame; "cancelled": the caller is; "ended": the other side died; "bug": we are. */
  readonly kind: "file" | "cancelled" | "ended" | "bug";
  /** One clause, without a full stop. */
  readonly reason: string;
  readonly file: string | null;
  /** Byte offset in the file; null where no place can be named. */
  readonly offset: number | null;
}

/** A failure as an exception. */
export class RpcError extends Error {
  override readonly name = "RpcError";

  constructor(readonly failure: Failure) {
    super(failure.reason);
  }
}

export const CANCELLED: Failure = {
  kind: "cancelled",
  reason: "cancelled",
  file: null,
  offset: null,
};

/** The failure that an exception stands for; anything but an RpcError is a bug of ours. */
export function failureOf(error: unknown): Failure {
  if (error instanceof RpcError) return error.failure;
  const reason = error instanceof Error ? error.message : String(error);
  return { kind: "bug", reason, file: null, offset: null };
}

/** Everything that crosses. Ids are the caller's. */
export type RpcMessage =
  | {
      readonly rpc: "call";
      readonly id: number;
      readonly method: string;
      readonly argument: unknown;
    }
  | { readonly rpc: "cancel"; readonly id: number }
  | { readonly rpc: "progress"; readonly id: number; readonly share: number }
  | {
      readonly rpc: "answer";
      readonly id: number;
      readonly answer: { readonly ok: unknown } | { readonly err: Failure };
    };

/** Sends a message; the buffers in it need not be copied where the channel can move them. */
export type Post = (message: RpcMessage, transfer: readonly ArrayBuffer[]) => void;

/** What an interface of methods must look like. */
export type Methods<Api> = { readonly [K in keyof Api]: (argument: never) => unknown };

export type Argument<Api extends Methods<Api>, K extends keyof Api> = Parameters<Api[K]>[0];
export type Answer<Api extends Methods<Api>, K extends keyof Api> = ReturnType<Api[K]>;

export function isRpcMessage(message: unknown): message is RpcMessage {
  return typeof message === "object" && message !== null && "rpc" in message;
}
