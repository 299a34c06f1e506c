import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { parseLiteral } from "../../../../src/checkpoint/numpy/literal";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";

const folder = path.join(fixtures, "numpy");

it.each([
  "stored.npz",
  "deflated.npz",
  "streamed.npz",
  "version-1.npy",
  "version-2.npy",
  "version-3.npy",
])("reads %s as numpy does", async (name) => {
  await expectAsThePackageReads(`numpy/${name}`, `numpy/${name.replace(/\.\w+$/, ".json")}`);
});

it("reads a deflated array in any order", async () => {
  const checkpoint = await openCheckpoint(path.join(folder, "deflated.npz"));
  const tensor = checkpoint.tensor("long")!;
  const all = new Float32Array(tensor.parameters);
  await checkpoint.readFloats(tensor, 0, all);
  const starts = [1000, 17, 0, 1199, 600];
  const parts = await Promise.all(
    starts.map(async (start) => {
      const part = new Float32Array(Math.min(100, all.length - start));
      await checkpoint.readFloats(tensor, start, part);
      return part;
    }),
  );
  expect(parts).toEqual(starts.map((start) => all.slice(start, start + 100)));
  await checkpoint.close();
});

it("lists voids and complex numbers, and names what it does not list", async () => {
  const voids = await openCheckpoint(path.join(folder, "void.npz"));
  expect(voids.tensors.map(({ name, dtype }) => [name, dtype])).toEqual([
    ["bf16", "V2"],
    ["c", "C64"],
  ]);
  expect(voids.unreadable).toEqual([{ name: "e5m2", reason: 'holds "<f1"' }]);
  await voids.close();
  const mixed = await openCheckpoint(path.join(folder, "objects.npz"));
  expect(mixed.tensors.map(({ name }) => name)).toEqual(["w"]);
  expect(mixed.unreadable).toEqual([
    { name: "objects", reason: 'holds "|O"' },
    { name: "text", reason: 'holds "<U2"' },
  ]);
  await mixed.close();
});

it.each(["objects.npy", "record.npy"])("refuses %s", async (name) => {
  await expect(openCheckpoint(path.join(folder, name))).rejects.toThrow("is not read");
});

describe("headers", () => {
  const directory = temporaryDirectory();

  function npy(header: string, data = 64): Uint8Array {
    const length = Buffer.from(Uint16Array.of(header.length).buffer);
    return Buffer.concat([
      Buffer.from("\x93NUMPY\x01\x00", "latin1"),
      length,
      Buffer.from(header),
      Buffer.alloc(data),
    ]);
  }

  it.each([
    ["no dictionary", "__import__('os').system('true')"],
    ["no dictionary", "{'descr': '<f4', 'fortran_order': False, 'shape': (1,)} + {}"],
    ["no dictionary", "{'descr': '<f4', 'descr': '<f4'}"],
    ["no dictionary", `{'descr': ${"(".repeat(5000)}`],
    ["lacks its descr", "{'descr': '<f4', 'fortran_order': False}"],
    ["lacks its descr", "{'descr': '<f4', 'fortran_order': 1, 'shape': (1,)}"],
    ["lacks its descr", "{'descr': '<f4', 'fortran_order': False, 'shape': ('a',)}"],
    [
      "lacks its descr",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    ],
    ["the file ends at", "{'descr': '<f4', 'fortran_order': False, 'shape': (17,)}"],
    ["the file ends at", "{'descr': '<f4', 'fortran_order': True, 'shape': (4, 5)}"],
    ["too large", "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}"],
    ["is not read", "{'descr': '<f3', 'fortran_order': False, 'shape': (1,)}"],
  ])("says %s: %s", async (reason, header) => {
    const file = writeBytes(directory, "wrong.npy", npy(header));
    const error = await openCheckpoint(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as CheckpointError).message).toContain(reason);
  });

  it("takes what old versions wrote", async () => {
    const header = '{"shape": (2L, 3L,), "fortran_order": False, "descr": "<f8", }  \n';
    const file = writeBytes(directory, "old.npy", npy(header));
    const checkpoint = await openCheckpoint(file);
    expect(checkpoint.tensor("old")).toMatchObject({ dtype: "F64", shape: [2, 3] });
    await checkpoint.close();
  });

  it("reads literals and nothing else", () => {
    expect(parseLiteral(" [(1, 'a'), None, True,] ")).toEqual([[1, "a"], null, true]);
    for (const text of ["", "1 2", "(1", "{1: 2}", "{'a'}", "f()", "'a", "]", "{'a': 1 'b': 2}"])
      expect(parseLiteral(text), text).toBeUndefined();
  });

  it("is refused at any truncation", async () => {
    for (const name of ["stored.npz", "deflated.npz", "version-1.npy"]) {
      const whole = readFileSync(path.join(folder, name));
      for (let cut = 10; cut < whole.length; cut += Math.ceil(whole.length / 60)) {
        const file = writeBytes(directory, "cut", whole.subarray(0, cut));
        await expect(openCheckpoint(file), `${name} cut at ${cut}`).rejects.toThrow(
          CheckpointError,
        );
      }
    }
  });
});
