import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { runCli } from "../support/cli";

it("ONNX Runtime keeps no identifier and no events to be sent", async () => {
  const root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  try {
    const file = path.join(root, "small.odometer.json");
    const train = { model: "mnist-dense", trainingImages: 200, epochs: 1 };
    await writeFile(file, JSON.stringify({ train, runs: 2 }));
    const cache = path.join(root, "cache");
    const args = ["run", file, "--out", path.join(root, "out")];
    const { code } = await runCli(args, { XDG_CACHE_HOME: cache, HOME: root });
    expect(code).toBe(0);
    const left = await readdir(root, { recursive: true });
    expect(left.filter((name) => /microsoft|onnxruntime|deviceid/i.test(name))).toEqual([]);
  } finally {
    await rm(root, { recursive: true });
  }
});
