import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../../src/checkpoint/error";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory, writeBytes } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";

it.each(["variables", "train-state", "types", "chunked"])("reads %s as flax does", async (name) => {
  await expectAsThePackageReads(`flax/${name}.msgpack`, `flax/${name}.json`);
});

it("keeps numbers and texts", async () => {
  const checkpoint = await openCheckpoint(path.join(fixtures, "flax/types.msgpack"));
  expect(Object.fromEntries(checkpoint.metadata)).toEqual({
    epoch: "3",
    note: "é",
    loss: "0.25",
    done: "null",
    long: String(2n ** 60n),
  });
  await checkpoint.close();
});

describe("a file that breaks the rules", () => {
  const directory = temporaryDirectory();
  /** {"w": array of shape [2] of float32, "x": …}. */
  const start = [
    0x82,
    0xa1,
    0x77,
    0xc7,
    21,
    1,
    0x93,
    0x91,
    2,
    0xa7,
    ...Buffer.from("float32"),
    0xc4,
  ];
  const good = [...start, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0xa1, 0x78];

  it("takes a right one", async () => {
    const file = writeBytes(directory, "right", Uint8Array.from([...good, 1]));
    const checkpoint = await openCheckpoint(file);
    expect(checkpoint.tensors).toMatchObject([{ name: "w", shape: [2], dtype: "F32" }]);
    await checkpoint.close();
  });

  it.each([
    ["do not fit in the file", [0xdf, 255, 255, 255, 255]],
    ["ends early", [0xc6, 255, 255, 255, 255]],
    ["ends early", [0xc9, 255, 255, 255, 255, 1]],
    ["a text of", [0xdb, 255, 255, 255, 255]],
    ["ends early", []],
    ["unknown code 193", [0xc1]],
    ["a key that is no text", [0x81, 0x90, 0x01]],
    ["nested too deeply", Array<number[]>(200).fill([0x81, 0xa1, 0x61]).flat()],
    ["three parts", [0xd4, 1, 0x90]],
    ["without its shape", [0xd6, 1, 0x93, 1, 1, 1]],
    ["no numbers", [0xc7, 5, 1, 0x93, 0x91, 0xa1, 0x61, 1]],
    ["unknown type", [0xc7, 6, 1, 0x93, 0x90, 0xa1, 0x61, 0xc4, 0]],
    ["without its bytes", [0xc7, 11, 1, 0x93, 0x90, 0xa7, ...Buffer.from("float32"), 1]],
    ["holds 3 bytes", [0xc7, 15, 1, 0x93, 0x90, 0xa7, ...Buffer.from("float32"), 0xc4, 3, 0, 0, 0]],
    [
      "does not fill",
      [0xc7, 18, 1, 0x93, 0x90, 0xa7, ...Buffer.from("float32"), 0xc4, 4, 0, 0, 0, 0, 0, 0],
    ],
  ])("says %s", async (reason, rest) => {
    const file = writeBytes(directory, "wrong", Uint8Array.from([...good, ...rest]));
    const error = await openCheckpoint(file).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(CheckpointError);
    expect((error as CheckpointError).message).toContain(reason);
  });

  it("is refused at any truncation", async () => {
    const whole = readFileSync(path.join(fixtures, "flax/train-state.msgpack"));
    for (let cut = 0; cut < whole.length; cut += 7) {
      const file = writeBytes(directory, "cut", whole.subarray(0, cut));
      await expect(openCheckpoint(file), `cut at ${cut}`).rejects.toThrow(CheckpointError);
    }
  });
});
