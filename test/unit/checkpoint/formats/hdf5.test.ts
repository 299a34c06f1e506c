import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();
const own = path.join(fixtures, "hdf5");
const files = ["types", "chunked", "chunked-latest", "groups", "groups-latest"];

it.each(files)("reads %s as h5py does", async (name) => {
  await expectAsThePackageReads(`hdf5/${name}.h5`, `hdf5/${name}.json`);
});

it("tells what the file says of itself, and what is not read", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "types.h5"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("hdf5");
  expect(checkpoint.metadata.get("note")).toBe("é");
  expect(checkpoint.metadata.get("fixed")).toBe("bytes");
  const unread = [...checkpoint.metadata.values()].at(-1)!.split(", ").sort();
  expect(unread).toEqual(["complex", "compound", "elsewhere", "null", "soft", "text"]);
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
  ["lzf", "compressed by lzf"],
  ["vast", "larger than the file can hold"],
  ["resizable", "resizable dataset in the newest layout"],
])("refuses %s", async (name, reason) => {
  await expect(openCheckpoint(path.join(own, `${name}.h5`))).rejects.toThrow(reason);
});

it("inflates no more of a chunk than the chunk's size", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "bomb.h5"));
  const reading = checkpoint.readFloats(checkpoint.tensors[0], 0, new Float32Array(4));
  await expect(reading).rejects.toThrow("cannot be inflated");
  await checkpoint.close();
});

describe("changes", () => {
  it.each(files)("of %s are survived", async (name) => {
    const write = (bytes: Uint8Array) => writeBytes(directory, "changed.h5", bytes);
    await expectToSurviveMutations(readFileSync(path.join(own, `${name}.h5`)), write, 400);
  });
});
