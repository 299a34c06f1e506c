import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { writeSafetensors } from "../../../../src/checkpoint/write-safetensors";
import { temporaryDirectory } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";

const directory = temporaryDirectory();
const indexed = path.join(fixtures, "shards/indexed");
const indexName = "model.safetensors.index.json";

/** A copy to be broken. */
function copy(): string {
  const folder = mkdtempSync(path.join(directory, "shards-"));
  cpSync(indexed, folder, { recursive: true });
  return folder;
}

function changeIndex(
  folder: string,
  change: (index: { weight_map: Record<string, unknown> }) => unknown,
) {
  const file = path.join(folder, indexName);
  const index = JSON.parse(readFileSync(file, "utf8")) as { weight_map: Record<string, unknown> };
  writeFileSync(file, JSON.stringify(change(index) ?? index));
  return file;
}

it.each([`indexed/${indexName}`, "indexed", "bare"])("reads the shards of %s", async (name) => {
  await expectAsThePackageReads(`shards/${name}`, "shards/state.json");
});

it.each([
  ["pytorch/sharded", "pytorch/sharded.json"],
  ["pytorch/sharded/pytorch_model.bin.index.json", "pytorch/sharded.json"],
  ["gguf/split-00001-of-00003.gguf", "gguf/split.json"],
  ["gguf/split-00003-of-00003.gguf", "gguf/split.json"],
])("reads the shards of %s", async (name, list) => {
  await expectAsThePackageReads(name, list);
});

it("keeps the metadata of index and shards", async () => {
  const checkpoint = await openCheckpoint(indexed);
  expect(checkpoint.format).toBe("safetensors shards");
  expect(Object.fromEntries(checkpoint.metadata)).toEqual({
    format: "np",
    total_size: "252",
    note: "é",
  });
  await checkpoint.close();
});

it("lists types that are not decoded, of the right size", async () => {
  const checkpoint = await openCheckpoint(path.join(fixtures, "shards/listed.safetensors"));
  expect(checkpoint.tensors.map(({ name, dtype, shape }) => [name, dtype, shape])).toEqual([
    ["c64", "C64", [6]],
    ["e8m0", "F8_E8M0", [48]],
    ["f4", "F4", [4, 24]],
  ]);
  const read = checkpoint.readFloats(checkpoint.tensor("f4")!, 0, new Float32Array(2));
  await expect(read).rejects.toThrow("not decoded");
  await checkpoint.close();
});

it("follows links under plain names, as the Hugging Face cache has them", async () => {
  const folder = mkdtempSync(path.join(directory, "cache-"));
  const [blobs, snapshot] = ["blobs", "snapshot"].map((name) => path.join(folder, name));
  cpSync(indexed, blobs, { recursive: true });
  mkdirSync(snapshot);
  for (const name of [indexName, ...[1, 2, 3].map((i) => `model-0000${i}-of-00003.safetensors`)])
    symlinkSync(`../blobs/${name}`, path.join(snapshot, name));
  const checkpoint = await openCheckpoint(path.join(snapshot, indexName));
  expect(checkpoint.tensors.length).toBe(6);
  await checkpoint.close();
});

it("opens a directory with one file, and none with files of one network", async () => {
  const folder = mkdtempSync(path.join(directory, "steps-"));
  const tensors = [{ name: "w", shape: [2], values: Float32Array.of(1, 2) }];
  await writeSafetensors(path.join(folder, "a.safetensors"), tensors);
  const one = await openCheckpoint(folder);
  expect(one.tensors.map(({ name }) => name)).toEqual(["w"]);
  await one.close();
  await writeSafetensors(path.join(folder, "b.safetensors"), tensors);
  await expect(openCheckpoint(folder)).rejects.toThrow(
    'tensor "w" is in a.safetensors and in b.safetensors',
  );
});

describe("a broken set", () => {
  it("names missing shards", async () => {
    const folder = copy();
    rmSync(path.join(folder, "model-00002-of-00003.safetensors"));
    const message = 'shards are missing: "model-00002-of-00003.safetensors"';
    await expect(openCheckpoint(folder)).rejects.toThrow(message);
    rmSync(path.join(folder, indexName));
    await expect(openCheckpoint(folder)).rejects.toThrow(message);
  });

  it("names tensors that a stale index wants", async () => {
    const file = changeIndex(copy(), ({ weight_map }) => {
      weight_map["model.gone"] = "model-00001-of-00003.safetensors";
    });
    await expect(openCheckpoint(file)).rejects.toThrow(/index is stale.*lack "model\.gone"/);
  });

  it("names tensors that an incomplete index lacks", async () => {
    const file = changeIndex(copy(), ({ weight_map }) => {
      delete weight_map["model.layers.2.weight"];
    });
    await expect(openCheckpoint(file)).rejects.toThrow(
      'index is incomplete: it lacks "model.layers.2.weight"',
    );
  });

  it("says that two shards hold one name", async () => {
    const folder = copy();
    const values = Float32Array.of(1);
    await writeSafetensors(path.join(folder, "more.safetensors"), [
      { name: "extra", shape: [1], values },
      { name: "model.layers.0.weight", shape: [1], values },
    ]);
    const file = changeIndex(folder, ({ weight_map }) => {
      weight_map.extra = "more.safetensors";
    });
    await expect(openCheckpoint(file)).rejects.toThrow('"model.layers.0.weight" is in m');
  });

  it.each(["../model.safetensors", "/etc/passwd", "a/b.safetensors", "..", "", "C:x", "a\\b"])(
    "does not open %j",
    async (shard) => {
      const file = changeIndex(copy(), ({ weight_map }) => {
        weight_map["model.norm.running_mean"] = shard;
      });
      await expect(openCheckpoint(file)).rejects.toThrow("is not a plain name");
    },
  );

  it.each([
    ["no weight_map", { weight_map: {} }],
    ["no weight_map", { weight_map: null }],
    ["names no file", { weight_map: { a: 1 } }],
    ["names no file", { weight_map: { a: ["x"] } }],
  ])("says %s", async (reason, index) => {
    await expect(openCheckpoint(changeIndex(copy(), () => index))).rejects.toThrow(reason);
  });

  it("refuses an index that is no JSON", async () => {
    const file = path.join(copy(), indexName);
    writeFileSync(file, '{"weight_map": {"a": ');
    await expect(openCheckpoint(file)).rejects.toThrow("not valid JSON");
  });
});
