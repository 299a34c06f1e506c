import { describe, expect, it } from "vitest";
import { RpcError, type RpcMessage } from "../../../src/protocol/rpc";
import { RpcClient } from "../../../src/protocol/rpc-client";
import { RpcServer, type CallContext, type Handlers } from "../../../src/protocol/rpc-server";
import { buffersIn } from "../../../src/protocol/transfer";

interface Api {
  double(value: number): number;
  wait(forever: null): null;
  list(length: number): { readonly values: Float64Array };
  fail(reason: string): null;
}

/** Both sides, with all that crosses between them, delivered a moment later as channels do. */
function connect(patch: Partial<Handlers<Api>> = {}) {
  const crossed: RpcMessage[] = [];
  const moved: number[] = [];
  const contexts: CallContext[] = [];
  const server = new RpcServer<Api>(
    {
      double: (value) => Promise.resolve(2 * value),
      wait: (_, context) => {
        contexts.push(context);
        return new Promise((_resolve, reject) => {
          context.signal.addEventListener("abort", () => {
            reject(new Error("stopped"));
          });
        });
      },
      list: (length) => Promise.resolve({ values: new Float64Array(length) }),
      fail: (reason) => Promise.reject(new Error(reason)),
      ...patch,
    },
    (message, transfer) => {
      crossed.push(message);
      moved.push(transfer.length);
      queueMicrotask(() => {
        client.receive(message);
      });
    },
  );
  const client = new RpcClient<Api>((message) => {
    crossed.push(message);
    queueMicrotask(() => {
      server.receive(message);
    });
  });
  return { server, client, crossed, moved, contexts };
}

const failure = async (call: Promise<unknown>): Promise<unknown> => {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(RpcError);
  return (error as RpcError).failure;
};

describe("calls between two sides", () => {
  it("answers each caller with its own answer", async () => {
    const { client } = connect();
    expect(await Promise.all([1, 2, 3].map((value) => client.call("double", value)))).toEqual([
      2, 4, 6,
    ]);
    expect(client.waiting).toBe(0);
  });

  it("gives a handler's exception to the caller, as data", async () => {
    const { client } = connect();
    expect(await failure(client.call("fail", "no such thing"))).toEqual({
      kind: "bug",
      reason: "no such thing",
      file: null,
      offset: null,
    });
  });

  it("refuses methods that there are not, even those every object has", async () => {
    const { client } = connect();
    for (const method of ["nothing", "toString", "constructor"])
      expect(await failure(client.call(method as "double", 1))).toMatchObject({ kind: "bug" });
  });

  it("cancels: the caller hears at once, the handler by its signal, and no answer follows", async () => {
    const { client, contexts, crossed } = connect();
    const controller = new AbortController();
    const call = failure(client.call("wait", null, { signal: controller.signal }));
    await Promise.resolve();
    controller.abort();
    expect(await call).toMatchObject({ kind: "cancelled" });
    await new Promise(setImmediate);
    expect(contexts[0].signal.aborted).toBe(true);
    expect(crossed.map(({ rpc }) => rpc)).toEqual(["call", "cancel"]);
    expect(client.waiting).toBe(0);
  });

  it("sends nothing for a call that was cancelled before it was made", async () => {
    const { client, crossed } = connect();
    const call = client.call("double", 1, { signal: AbortSignal.abort() });
    expect(await failure(call)).toMatchObject({ kind: "cancelled" });
    expect(crossed).toEqual([]);
  });

  it("tells progress, but not more often than anyone could see", async () => {
    const seen: number[] = [];
    const { client } = connect({
      double: (value, { progress }) => {
        for (let i = 0; i < 1000; i++) progress(i / 1000);
        return Promise.resolve(value);
      },
    });
    await client.call("double", 1, { onProgress: (share) => seen.push(share) });
    expect(seen[0]).toBe(0);
    expect(seen.length).toBeLessThan(5);
  });

  it("fails all who wait when the other side has gone", async () => {
    const { client } = connect();
    const calls = [client.call("wait", null), client.call("wait", null)].map(failure);
    client.fail({ kind: "ended", reason: "gone", file: null, offset: null });
    for (const call of calls) expect(await call).toMatchObject({ kind: "ended", reason: "gone" });
  });

  it("takes no answer to an earlier caller for one to a caller that began anew", async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const answers: RpcMessage[] = [];
    const server = new RpcServer<Pick<Api, "double">>(
      { double: (value) => (value === 1 ? held.then(() => 2) : Promise.resolve(2 * value)) },
      (message) => answers.push(message),
    );
    server.receive({ rpc: "call", id: 0, method: "double", argument: 1 });
    server.cancelAll();
    server.receive({ rpc: "call", id: 0, method: "double", argument: 5 });
    release();
    await new Promise(setImmediate);
    expect(answers).toEqual([{ rpc: "answer", id: 0, answer: { ok: 10 } }]);
  });

  it("moves the arrays of an answer, but copies a part of a larger buffer", async () => {
    const { client, moved } = connect();
    await client.call("list", 4);
    expect(moved).toEqual([1]);
    const part = new Float32Array(8).subarray(2, 4);
    expect(buffersIn({ part, whole: new Uint8Array(3), text: "a", none: null })).toHaveLength(1);
    expect(buffersIn(null)).toEqual([]);
  });
});
