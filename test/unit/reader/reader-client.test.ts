import { writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import { failureOf } from "../../../src/protocol/rpc";
import { ReaderClient, type ReaderOptions } from "../../../src/reader/reader-client";
import { ReaderPool } from "../../../src/reader/reader-pool";
import { temporaryDirectory } from "../checkpoint/temporary";
import { bundleWorker } from "./worker-bundle";

const folder = temporaryDirectory();
const file = path.join(folder, "net.safetensors");
let script = "";

/** A worker that does this at each message, where `reply` answers it. */
function hostile(name: string, body: string): string {
  const at = path.join(folder, `${name}.js`);
  writeFileSync(
    at,
    `const { parentPort } = require("node:worker_threads");
const reply = (id, ok) => parentPort.postMessage({ rpc: "answer", id, answer: { ok } });
parentPort.on("message", (message) => { ${body} });`,
  );
  return at;
}

const clients: ReaderClient[] = [];
function client(options: ReaderOptions): ReaderClient {
  const made = new ReaderClient(options);
  clients.push(made);
  return made;
}
afterEach(() => {
  for (const made of clients.splice(0)) made.dispose();
});

const failure = async (call: Promise<unknown>) =>
  call.then(
    () => null,
    (error: unknown) => failureOf(error),
  );

beforeAll(async () => {
  script = await bundleWorker(folder, "src/reader/worker.ts");
  const values = Float32Array.from({ length: 12 }, (_, i) => i);
  await writeSafetensors(file, [{ name: "w", shape: [3, 4], values }], { step: "7" });
});

describe("a reader in a worker", () => {
  it("lists a checkpoint and reads its values", async () => {
    const reader = client({ script });
    const listing = await reader.call("open", { path: file });
    expect(listing).toMatchObject({
      format: "safetensors",
      tensors: [{ name: "w", shape: [3, 4], parameters: 12, bytes: 48, kind: "float" }],
      metadata: [["step", "7"]],
    });
    const { values } = await reader.call("values", {
      path: file,
      tensor: "w",
      slice: { rowAxis: 0, columnAxis: 1, at: [0, 0] },
      rectangle: { row: 1, column: 1, rows: 2, columns: 2 },
    });
    expect([...values]).toEqual([5, 6, 9, 10]);
    expect(await reader.call("figures", { path: file, tensor: "w" })).toMatchObject({ max: 11 });
  });

  it("names file, place and reason of a file that is broken, and goes on", async () => {
    const broken = path.join(folder, "broken.safetensors");
    const header = Buffer.from('{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,9]}}');
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(header.length));
    writeFileSync(broken, Buffer.concat([length, header, Buffer.alloc(9)]));
    const reader = client({ script });
    const error = await failure(reader.call("open", { path: broken }));
    expect(error).toMatchObject({ kind: "file", file: broken });
    expect(error?.offset).toBeGreaterThan(8);
    expect(error?.reason).toContain("8 bytes");
    expect((await reader.call("open", { path: file })).tensors).toHaveLength(1);
  });

  it("keeps the checkpoint that is open where it cannot be opened anew", async () => {
    const rewritten = path.join(folder, "rewritten.safetensors");
    await writeSafetensors(rewritten, [{ name: "w", shape: [1], values: Float32Array.of(5) }]);
    const reader = client({ script });
    await reader.call("open", { path: rewritten });
    await sleep(5);
    await writeSafetensors(rewritten, [{ name: "x", shape: [], values: Float32Array.of(6) }]);
    const broken = path.join(folder, "none.safetensors");
    expect(await failure(reader.call("open", { path: broken }))).toMatchObject({ kind: "file" });
    expect(await reader.call("figures", { path: rewritten, tensor: "w" })).toMatchObject({
      max: 5,
    });
    expect((await reader.call("open", { path: rewritten })).tensors[0].name).toBe("x");
  });

  it("cancels a call while others go on", async () => {
    const reader = client({ script });
    const controller = new AbortController();
    const cancelled = failure(
      reader.call("figures", { path: file, tensor: "w" }, { signal: controller.signal }),
    );
    controller.abort();
    expect(await cancelled).toMatchObject({ kind: "cancelled" });
    expect(await reader.call("figures", { path: file, tensor: "w" })).toMatchObject({ min: 0 });
  });

  it("ends a worker that hangs, says so, and starts another for the next call", async () => {
    const hangs = hostile(
      "hangs",
      `if (message.method === "figures") for (;;); reply(message.id, "fine");`,
    );
    const reader = client({ script: hangs, silence: 300 });
    const request = { path: file, tensor: "w" };
    expect(await failure(reader.call("figures", request))).toMatchObject({
      kind: "ended",
      reason: "reading gave no sign of life for 0 s and was ended",
    });
    expect(await reader.call("open", { path: file })).toBe("fine");
  });

  it("waits as long as there is progress", async () => {
    const slow = hostile(
      "slow",
      `let steps = 0; const timer = setInterval(() => {
        if (++steps === 8) { clearInterval(timer); reply(message.id, "done"); }
        else parentPort.postMessage({ rpc: "progress", id: message.id, share: steps / 8 });
      }, 60);`,
    );
    const reader = client({ script: slow, silence: 250 });
    expect(await reader.call("open", { path: file })).toBe("done");
  });

  it("ends a worker that needs too much memory, and no one else", async () => {
    const greedy = hostile("greedy", `const all = []; for (;;) all.push(new Array(1e5).fill(1));`);
    const reader = client({ script: greedy, memory: 32 });
    expect(await failure(reader.call("open", { path: file }))).toMatchObject({
      kind: "ended",
      reason: "reading needed more than 32 MiB of memory and was ended",
    });
  });

  it("fails the calls of a worker that dies or throws", async () => {
    const dies = client({ script: hostile("dies", "process.exit(3);") });
    expect((await failure(dies.call("open", { path: file })))?.reason).toContain("code 3");
    const throws = client({ script: hostile("throws", 'throw new Error("oh");') });
    expect((await failure(throws.call("open", { path: file })))?.reason).toContain("oh");
  });

  it("answers no more once it was closed", async () => {
    const reader = client({ script });
    const waiting = failure(reader.call("open", { path: file }));
    reader.dispose();
    expect(await waiting).toMatchObject({ kind: "ended" });
    expect(await failure(reader.call("open", { path: file }))).toMatchObject({ kind: "ended" });
  });
});

describe("readers that are shared", () => {
  it("are one for each key, and outlive their last lease for a moment", async () => {
    const pool = new ReaderPool({ script }, 60);
    const [one, two, other] = [pool.lease("a"), pool.lease("a"), pool.lease("b")];
    expect(two.client).toBe(one.client);
    expect(other.client).not.toBe(one.client);
    one.dispose();
    one.dispose();
    await sleep(120);
    expect((await two.client.call("open", { path: file })).tensors).toHaveLength(1);
    two.dispose();
    const again = pool.lease("a");
    expect(again.client).toBe(two.client);
    again.dispose();
    await sleep(120);
    expect(await failure(again.client.call("open", { path: file }))).toMatchObject({
      kind: "ended",
    });
    expect(pool.lease("a").client).not.toBe(again.client);
    pool.dispose();
  });
});
