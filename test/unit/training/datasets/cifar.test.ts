import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readCifar10 } from "../../../../src/training/datasets/cifar";
import { writeCifarBinary, writeCifarPython } from "../../../support/datasets";

let root = "";
const binary = () => path.join(root, "binary");
const python = () => path.join(root, "python");

beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), "odometer-"));
  await writeCifarBinary(binary(), 3);
  await writeCifarPython(binary(), python());
});
afterAll(() => rm(root, { recursive: true }));

describe("CIFAR-10", () => {
  it("puts a batch's planes of red, green and blue side by side", async () => {
    const { train, test } = await readCifar10(binary());
    expect([train.images.count, test.images.count]).toEqual([15, 3]);
    const file = await readFile(path.join(binary(), "cifar-10-batches-bin/data_batch_2.bin"));
    const image = (await train.images.read(4)).subarray(0, 9);
    const record = file.subarray(3073);
    const planes = [0, 1024, 2048].map((plane) => record.subarray(1 + plane, 4 + plane));
    expect([...image]).toEqual([0, 1, 2].flatMap((pixel) => planes.map((plane) => plane[pixel])));
    expect(train.labels.classes[4]).toBe(record[0]);
  });

  it("reads the same from the Python archive", async () => {
    const [a, b] = [await readCifar10(binary()), await readCifar10(python())];
    for (const part of ["train", "test"] as const) {
      expect(b[part].labels).toEqual(a[part].labels);
      for (let i = 0; i < a[part].images.count; i++)
        expect(await b[part].images.read(i)).toEqual(await a[part].images.read(i));
    }
  });

  it("refuses files cut short and labels that are none, with file and byte", async () => {
    const file = path.join(binary(), "cifar-10-batches-bin/data_batch_3.bin");
    const whole = await readFile(file);
    await truncate(file, 5000);
    await expect(readCifar10(binary())).rejects.toThrow(/data_batch_3.bin, byte 3073: 1927 bytes/);
    await writeFile(file, whole.fill(77, 3073, 3074));
    await expect(readCifar10(binary())).rejects.toThrow(/data_batch_3.bin, byte 3073: label 77/);
  });

  it("refuses pickles that are cut short or hold something else", async () => {
    const file = path.join(python(), "cifar-10-batches-py/data_batch_1");
    const whole = await readFile(file);
    await truncate(file, whole.length - 100);
    await expect(readCifar10(python())).rejects.toThrow(/data_batch_1, byte \d+: /);
    await writeFile(file, "(lp0\n.");
    await expect(readCifar10(python())).rejects.toThrow(/data_batch_1: the pickle holds no dict/);
    await writeFile(file, "(dp0\n.");
    await expect(readCifar10(python())).rejects.toThrow(/"data" is not an array of bytes/);
  });
});
