import { writeFile } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { RpcError } from "../../../src/protocol/rpc";
import { Measurer } from "../../../src/vscode/comparison/measurer/measurer";
import { writeCheckpoint } from "../support/checkpoints";
import { temporaryFolder } from "../support/files";
import { childrenOf, gone } from "../support/processes";

const script = path.resolve(__dirname, "../../../dist/measurer.js");
let measurer: Measurer;
beforeEach(() => {
  measurer = new Measurer(script);
});
afterEach(() => {
  measurer.dispose();
});

const own = (): number[] => childrenOf(process.pid);

async function failure(call: Promise<unknown>): Promise<RpcError["failure"]> {
  const error: unknown = await call.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof RpcError) return error.failure;
  throw new Error("it did not fail");
}

describe("the process that measures", () => {
  it("compares, tells formats, and ends when nothing waits", async () => {
    const folder = await temporaryFolder();
    const a = await writeCheckpoint(path.join(folder, "a"), { w: [0, 0], v: [1] });
    const b = await writeCheckpoint(path.join(folder, "b"), { w: [3, 4], u: [1] });
    const before = own();
    const { comparison, formatA } = await measurer.call("compare", { a, b, all: false });
    expect(comparison).toMatchObject({ distance: 5, onlyInA: ["v"], onlyInB: ["u"] });
    expect(formatA).toBe("safetensors");
    const started = own().filter((pid) => !before.includes(pid));
    expect(started).toHaveLength(1);
    measurer.rest();
    await gone(started);
  });

  it("names the file, the place and the reason of what it cannot read, and goes on", async () => {
    const folder = await temporaryFolder();
    const a = await writeCheckpoint(path.join(folder, "a"), { w: [1] });
    const b = path.join(folder, "b.safetensors");
    await writeFile(b, "no checkpoint at all");
    expect(await failure(measurer.call("compare", { a, b, all: false }))).toMatchObject({
      kind: "file",
      file: b,
      offset: 0,
    });
    expect((await measurer.call("compare", { a, b: a, all: false })).comparison.changed).toBe(0);
  });

  it("fails the calls that wait when it is killed, and starts anew for the next", async () => {
    const folder = await temporaryFolder();
    const a = await writeCheckpoint(path.join(folder, "a"), { w: [1] });
    const before = own();
    const waiting = failure(
      measurer.call(
        "whenChanged",
        { paths: [folder], signature: "x", within: null },
        { endless: true },
      ),
    );
    const [pid] = own().filter((one) => !before.includes(one));
    process.kill(pid, "SIGKILL");
    expect(await waiting).toMatchObject({
      kind: "ended",
      reason: expect.stringMatching(/SIGKILL/) as string,
    });
    expect((await measurer.call("compare", { a, b: a, all: false })).comparison.distance).toBe(0);
  });

  it("ends with a call that is cancelled", async () => {
    const folder = await temporaryFolder();
    const before = own();
    const { signature } = await measurer.call("trajectory", {
      paths: [folder],
      all: false,
      toLast: true,
    });
    const cancelled = new AbortController();
    const call = failure(
      measurer.call(
        "whenChanged",
        { paths: [folder], signature, within: null },
        { signal: cancelled.signal, endless: true },
      ),
    );
    const started = own().filter((pid) => !before.includes(pid));
    cancelled.abort();
    expect((await call).kind).toBe("cancelled");
    await gone(started);
  });
});

describe("a series", () => {
  it("is measured from two checkpoints on, and again once another was written", async () => {
    const folder = await temporaryFolder();
    const later = path.join(folder, "made-later");
    const paths = [later];
    const none = await measurer.call("trajectory", { paths, all: false, toLast: true });
    expect(none).toMatchObject({ trajectory: null, files: [], signature: "" });
    const changed = measurer.call(
      "whenChanged",
      { paths, signature: "", within: null },
      { endless: true },
    );
    await writeCheckpoint(path.join(later, "step-1.safetensors"), { w: [0, 0] });
    await changed;
    const one = await measurer.call("trajectory", { paths, all: false, toLast: true });
    expect(one).toMatchObject({ trajectory: null });
    expect(one.files).toHaveLength(1);
    await writeCheckpoint(path.join(later, "step-2.safetensors"), { w: [3, 4] });
    await writeFile(path.join(later, "step-3.safetensors"), "half");
    await measurer.call(
      "whenChanged",
      { paths, signature: one.signature, within: null },
      { endless: true },
    );
    const two = await measurer.call("trajectory", { paths, all: false, toLast: true });
    expect(two.trajectory).toMatchObject({ netDistance: 5, order: "step" });
    expect(two.skipped.map(({ file }) => path.basename(file))).toEqual(["step-3.safetensors"]);
  });

  it("is told of a new checkpoint before all are read again for their distances to it", async () => {
    const folder = await temporaryFolder();
    const paths = [folder];
    for (const step of [1, 2, 3, 4])
      await writeCheckpoint(path.join(folder, `step-${step}.safetensors`), { w: [step, 0] });
    const first = await measurer.call("trajectory", { paths, all: false, toLast: false });
    expect(first).toMatchObject({ pending: false, trajectory: { netDistance: 3 } });
    const { signature } = first;
    await writeCheckpoint(path.join(folder, "step-5.safetensors"), { w: [9, 0] });
    const soon = await measurer.call("trajectory", { paths, all: false, toLast: false });
    expect(soon).toMatchObject({ pending: true, trajectory: { netDistance: 8 } });
    expect(soon.trajectory?.steps.map(({ toLast }) => toLast)).toEqual([8, null, null, 5, null]);
    // Nothing changes, but the time is over.
    await measurer.call("whenChanged", { paths, signature: soon.signature, within: 50 });
    const later = await measurer.call("trajectory", { paths, all: false, toLast: true });
    expect(later.trajectory?.steps.map(({ toLast }) => toLast)).toEqual([8, 7, 6, 5, 0]);
    expect(later.signature).not.toBe(signature);
  });

  it("of files by name fails where one cannot be read", async () => {
    const folder = await temporaryFolder();
    const paths = [path.join(folder, "a"), path.join(folder, "b")];
    await writeCheckpoint(paths[0], { w: [0, 0] });
    await writeFile(paths[1], "half");
    const { kind, file } = await failure(
      measurer.call("trajectory", { paths, all: false, toLast: true }),
    );
    expect({ kind, file }).toEqual({ kind: "file", file: paths[1] });
  });
});
