import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { unpackLzf } from "../../../../src/checkpoint/formats/hdf5/lzf";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();
const own = path.join(fixtures, "hdf5");
const files = [
  "types",
  "chunked",
  "chunked-latest",
  "groups",
  "groups-latest",
  "resizable",
  "newest",
  "lzf",
  "partly",
];

it.each(files)("reads %s as h5py does", async (name) => {
  const withoutValues = name === "resizable" ? ["pages"] : [];
  await expectAsThePackageReads(`hdf5/${name}.h5`, `hdf5/${name}.json`, withoutValues);
});

it("tells what the file says of itself, and what is not read", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "types.h5"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("hdf5");
  expect(checkpoint.metadata.get("note")).toBe("é");
  expect(checkpoint.metadata.get("fixed")).toBe("bytes");
  expect(checkpoint.unreadable.map(({ name }) => name).sort()).toEqual(
    "complex compound elsewhere null soft text".split(" "),
  );
});

it("reads the rest of a file of which not all is read, and says why", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "partly.h5"));
  await checkpoint.close();
  expect(checkpoint.tensors.map(({ name }) => name).sort()).toEqual(["group/bias", "weight"]);
  const reasons = checkpoint.unreadable.map(({ name, reason }) => `${name} ${reason}`);
  expect(reasons.sort()).toEqual([
    "group/elsewhere is a link into another file",
    "scaled is compressed by scaleoffset",
    "szip is compressed by szip",
    "text holds text",
    "vast is larger than the file can hold",
    "virtual is a virtual dataset, which lies in other files",
  ]);
});

it("reads pages of chunks", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "resizable.h5"));
  const pages = checkpoint.tensor("pages")!;
  const values = new Float32Array(290_000);
  await checkpoint.readFloats(pages, 0, values);
  await checkpoint.close();
  const set = [...values.entries()].filter(([, value]) => value !== 0);
  expect(set).toEqual([
    [0, 1],
    [270_000, 2],
    [270_001, 3],
    [270_002, 4],
    [289_999, 5],
  ]);
});

it("reads any range of chunks", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "chunked.h5"));
  const tensor = checkpoint.tensor("all")!;
  const all = new Float32Array(tensor.parameters);
  await checkpoint.readFloats(tensor, 0, all);
  for (let start = 0; start < all.length; start += 13)
    for (const length of [0, 1, 6, 50]) {
      const part = new Float32Array(Math.min(length, all.length - start));
      await checkpoint.readFloats(tensor, start, part);
      expect(part).toEqual(all.slice(start, start + length));
    }
  await checkpoint.close();
});

it.each([
  ["external", "lies in other files"],
  ["virtual", "virtual dataset"],
  ["szip", "compressed by szip"],
  ["vast", "larger than the file can hold"],
])("refuses a file of nothing but %s", async (name, reason) => {
  await expect(openCheckpoint(path.join(own, `${name}.h5`))).rejects.toThrow(reason);
});

it("inflates no more of a chunk than the chunk's size", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "bomb.h5"));
  const reading = checkpoint.readFloats(checkpoint.tensors[0], 0, new Float32Array(4));
  await expect(reading).rejects.toThrow("cannot be inflated");
  await checkpoint.close();
});

it("takes no more memory to undo LZF than the data can fill", () => {
  const fail = (reason: string): never => {
    throw new Error(reason);
  };
  const unpack = (...bytes: number[]) => unpackLzf(Uint8Array.from(bytes), 1 << 29, fail);
  const repeated = unpack(0, 7, 0xe0, 255, 0);
  expect([...repeated]).toEqual(Array<number>(1 + 264).fill(7));
  expect(repeated.buffer.byteLength).toBeLessThan(500);
  expect(() => unpack(0, 7, 0xe0)).toThrow("broken LZF data");
  expect(() => unpack(0, 7, 0x20, 1)).toThrow("broken LZF data");
  expect(() => unpack(5, 7)).toThrow("broken LZF data");
});

describe("changes", () => {
  it.each(files)("of %s are survived", async (name) => {
    const write = (bytes: Uint8Array) => writeBytes(directory, "changed.h5", bytes);
    const whole = readFileSync(path.join(own, `${name}.h5`));
    await expectToSurviveMutations(whole, write, whole.length > 90_000 ? 100 : 400);
  });
});
