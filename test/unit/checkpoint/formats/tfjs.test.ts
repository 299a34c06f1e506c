import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();
const own = path.join(fixtures, "tfjs");

it.each(["sharded", "quantised", "layers"])("reads %s as tfjs does", async (name) => {
  await expectAsThePackageReads(`tfjs/${name}/model.json`, `tfjs/${name}.json`);
  await expectAsThePackageReads(`tfjs/${name}`, `tfjs/${name}.json`);
});

it("tells what the model says of itself, and which weights are text", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "sharded"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("tfjs");
  expect(Object.fromEntries(checkpoint.metadata)).toEqual({
    format: "graph-model",
    generatedBy: "2.21.0",
    convertedBy: "fixture",
  });
  expect(checkpoint.unreadable).toEqual([{ name: "text", reason: "holds text" }]);
});

it("knows which weights lie plain in one file", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "sharded"));
  await checkpoint.close();
  const plain = (name: string) => checkpoint.raw(checkpoint.tensor(name)!);
  expect(plain("net/moving_mean")).toEqual({
    file: path.join(own, "sharded/group2-shard1of1.bin"),
    offset: 0,
  });
  expect(plain("first")).toBeNull();
});

describe("a model that breaks the rules", () => {
  const write = (manifest: unknown): string => {
    writeFileSync(path.join(directory, "w.bin"), new Uint8Array(16));
    const file = path.join(directory, "model.json");
    writeFileSync(file, JSON.stringify({ modelTopology: null, weightsManifest: manifest }));
    return file;
  };
  const weight = { name: "w", shape: [4], dtype: "float32" };
  const group = (change: object, paths = ["w.bin"]) => [
    { paths, weights: [{ ...weight, ...change }] },
  ];

  it.each<[string, unknown]>([
    ["needs bytes 0 to 20", group({ shape: [5] })],
    ["too large", group({ shape: [2 ** 40, 2 ** 40] })],
    ["weightsManifest.0.weights.0.shape", group({ shape: [-1] })],
    ["weightsManifest.0.weights.0.dtype", group({ dtype: "float128" })],
    ["weightsManifest", null],
    ["without scale", group({ quantization: { dtype: "uint8" } })],
    ["quantised to float16", group({ dtype: "int32", quantization: { dtype: "float16" } })],
    ["plain relative name", group({}, ["..", "w.bin"])],
    ["not beside it", group({}, ["../w.bin"])],
    ["not beside it", group({}, ["/etc/passwd"])],
    ["not beside it", group({}, ["http://localhost/w.bin"])],
    ["cannot be found", group({}, ["other.bin"])],
    ["of text passes", group({ dtype: "string", shape: [5] })],
    ["two tensors are called", [...group({}), ...group({})]],
  ])("is refused: %s", async (reason, manifest) => {
    await expect(openCheckpoint(write(manifest))).rejects.toThrow(reason);
  });

  it("is refused where it is not JSON", async () => {
    const file = write([]);
    writeFileSync(file, '{"modelTopology":');
    await expect(openCheckpoint(file)).rejects.toThrow("not valid JSON");
    writeFileSync(file, `{"modelTopology":${"[".repeat(5_000_000)}`);
    await expect(openCheckpoint(file)).rejects.toThrow("not valid JSON");
  });
});

it.each(["sharded", "quantised", "layers"])("survives changes of %s", async (name) => {
  const folder = path.join(directory, name);
  rmSync(folder, { recursive: true, force: true });
  cpSync(path.join(own, name), folder, { recursive: true });
  const file = path.join(folder, "model.json");
  const write = (bytes: Uint8Array) => {
    writeFileSync(file, bytes);
    return file;
  };
  await expectToSurviveMutations(readFileSync(file), write, 1000);
});
