import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { crc32c, masked } from "../../../../src/checkpoint/crc32c";
import { partitionedElements } from "../../../../src/checkpoint/formats/tensorbundle/partitioned";
import { sliceKey } from "../../../../src/checkpoint/formats/tensorbundle/slice-key";
import { decompressSnappy } from "../../../../src/checkpoint/formats/tensorbundle/snappy";
import { openCheckpoint } from "../../../../src/checkpoint/open";
import { temporaryDirectory } from "../temporary";
import { expectAsThePackageReads, fixtures } from "./expectations";
import { expectToSurviveMutations } from "./mutations";

const directory = temporaryDirectory();
const own = path.join(fixtures, "tensorflow");

it.each([
  ["every-dtype", "every-dtype/model"],
  ["every-dtype", "every-dtype/model.index"],
  ["every-dtype", "every-dtype/model.data-00000-of-00001"],
  ["every-dtype", "every-dtype"],
  ["training", "training"],
  ["training", "training/checkpoint"],
  ["training", "training/ckpt-2"],
  ["saved-model", "saved-model"],
  ["saved-model", "saved-model/variables"],
  ["partitioned", "partitioned/model.ckpt-1"],
  ["snappy", "snappy/model"],
])("reads %s as TensorFlow does, opened as %s", async (list, name) => {
  await expectAsThePackageReads(`tensorflow/${name}`, `tensorflow/${list}.json`);
});

it("names tensors of text that it does not read", async () => {
  const checkpoint = await openCheckpoint(path.join(own, "every-dtype/model"));
  await checkpoint.close();
  expect(checkpoint.format).toBe("tensorflow");
  const reasons = checkpoint.unreadable.map(({ name, reason }) => `${name} ${reason}`);
  expect(reasons.join()).toMatch(/model\/text[^,]* is not of numbers/);
});

describe("the pieces", () => {
  it("CRC-32C agrees with RFC 3720", () => {
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
    expect(crc32c(new Uint8Array(32).fill(255))).toBe(0x62a8ab43);
    expect(crc32c(Uint8Array.from({ length: 32 }, (_, i) => i))).toBe(0x46dd794e);
  });

  it("keys of parts are those of OrderedCode", () => {
    const hex = (text: string) => Buffer.from(text, "latin1").toString("hex");
    expect(hex(sliceKey("a\0\xff", []))).toBe("006100ffff00000100");
    const key = (start: number) => hex(sliceKey("", [{ start, length: -1 }])).slice(10, -2);
    // Signed numbers as ordered_code_test.cc lists them.
    expect([0, 1, 63, 64, -1, -64, -65, 8191, 8192, -8192].map(key)).toEqual([
      "80",
      "81",
      "bf",
      "c040",
      "7f",
      "40",
      "3fbf",
      "dfff",
      "e02000",
      "2000",
    ]);
    expect(key(2 ** 41)).toBe("fe0200000000".padEnd(14, "0").slice(0, 12 + 2));
  });

  it("Snappy blocks are decompressed, and refused where they lie about themselves", () => {
    const fail = (reason: string): never => {
      throw new Error(reason);
    };
    const decompress = (...bytes: number[]) => [...decompressSnappy(Uint8Array.from(bytes), fail)];
    expect(decompress(6, 4, 1, 2, 1, 2)).toEqual([1, 2, 1, 2, 1, 2]);
    expect(decompress(5, 4, 1, 2, (3 - 1) * 4 + 2, 2, 0)).toEqual([1, 2, 1, 2, 1]);
    expect(decompress(3, 60 * 4, 2, 7, 8, 9)).toEqual([7, 8, 9]);
    expect(() => decompress(6, 4, 1, 2, 1, 3)).toThrow("outside");
    expect(() => decompress(5, 4, 1, 2, 1, 2)).toThrow("outside");
    expect(() => decompress(9, 4, 1, 2, 1, 2)).toThrow("ends early");
    expect(() => decompress(6, 40, 1, 2)).toThrow("too long");
    expect(() => decompress(255, 255, 255, 255, 15, 0)).toThrow("impossible length");
  });

  it.each([
    [[30, 7], 0, [11, 0, 19]],
    [[5, 40, 3], 1, [13, 1, 26]],
    [[2000, 300], 1, [299, 1]],
    [[2, 90_000], 1, [45_000, 45_000]],
  ])("puts %j together from parts along axis %i", async (shape, axis, lengths) => {
    const count = shape.reduce((product, size) => product * size);
    const whole = Float64Array.from({ length: count }, (_, i) => i);
    const inner = shape.slice(axis + 1).reduce((product, size) => product * size, 1);
    let start = 0;
    const parts = lengths.map((length) => {
      const first = start;
      start += length;
      const values = whole.filter((_, i) => {
        const index = Math.floor(i / inner) % shape[axis];
        return index >= first && index < start;
      });
      const bytes = new Uint8Array(values.buffer);
      const read = (offset: number, into: Uint8Array): Promise<void> => {
        into.set(bytes.subarray(offset, offset + into.length));
        return Promise.resolve();
      };
      return { start: first, length, elements: { raw: null, read } };
    });
    const elements = partitionedElements(shape, axis, parts, 8);
    for (const [from, length] of [
      [0, count],
      [1, 17],
      [Math.floor(count / 3), Math.floor(count / 2)],
      [count - 1, 1],
    ]) {
      const values = new Float64Array(length);
      await elements.read(from * 8, new Uint8Array(values.buffer));
      expect(values).toEqual(whole.subarray(from, from + length));
    }
  });
});

describe("a checkpoint that is not whole", () => {
  const copy = (name: string): string => {
    const target = path.join(directory, name);
    rmSync(target, { recursive: true, force: true });
    cpSync(path.join(own, name), target, { recursive: true });
    return target;
  };

  it("without a data file", async () => {
    const folder = copy("partitioned");
    rmSync(path.join(folder, "model.ckpt-1.data-00001-of-00002"));
    await expect(openCheckpoint(folder)).rejects.toThrow("cannot be found");
  });

  it("with a data file that ends early", async () => {
    const folder = copy("snappy");
    writeFileSync(path.join(folder, "model.data-00000-of-00001"), new Uint8Array(100));
    await expect(openCheckpoint(folder)).rejects.toThrow("the file ends at 100");
  });

  it("with a wrong checksum", async () => {
    const folder = copy("snappy");
    const index = path.join(folder, "model.index");
    const bytes = readFileSync(index);
    bytes[20] ^= 1;
    writeFileSync(index, bytes);
    await expect(openCheckpoint(folder)).rejects.toThrow("checksum");
  });

  it("with a newest checkpoint that is gone", async () => {
    const folder = copy("training");
    rmSync(path.join(folder, "ckpt-2.index"));
    await expect(openCheckpoint(folder)).rejects.toThrow("is not beside it");
  });

  it.each(['"../../etc/passwd"', '"/etc/passwd"', '"a\\"b"', ""])(
    "whose state file names %s",
    async (name) => {
      const folder = path.join(directory, "state");
      mkdirSync(folder, { recursive: true });
      const file = path.join(folder, "checkpoint");
      writeFileSync(file, `model_checkpoint_path: ${name}`);
      await expect(openCheckpoint(file)).rejects.toThrow("is not beside it");
    },
  );
});

/** Makes the checksums of an uncompressed table right again, so that changes reach what lies behind them. */
function withChecksums(bytes: Uint8Array, blocks: readonly (readonly [number, number])[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  for (const [start, size] of blocks)
    if (start + size + 5 <= bytes.length)
      view.setUint32(
        start + size + 1,
        masked(crc32c(bytes.subarray(start, start + size + 1))),
        true,
      );
}

describe.each(["every-dtype", "partitioned", "snappy"])("changes of %s", (name) => {
  const folder = path.join(directory, `changed-${name}`);
  const indexName = name === "partitioned" ? "model.ckpt-1.index" : "model.index";
  const whole = readFileSync(path.join(own, name, indexName));
  const blocks = blocksOf(whole);

  it.each([false, true])("are survived, checksums made right: %s", async (right) => {
    cpSync(path.join(own, name), folder, { recursive: true });
    const file = path.join(folder, indexName);
    const write = (bytes: Uint8Array) => {
      if (right) withChecksums(bytes, blocks);
      writeFileSync(file, bytes);
      return file;
    };
    await expectToSurviveMutations(whole, write, right ? 1500 : 300);
  });
});

/** Offsets and sizes of the three blocks of a table with one data block. */
function blocksOf(table: Uint8Array): [number, number][] {
  const footer = table.subarray(-48);
  let at = 0;
  const next = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      value += (footer[at] & 127) * shift;
      if (footer[at++] < 128) return value;
    }
  };
  const meta: [number, number] = [next(), next()];
  return [[0, meta[0] - 5], meta, [next(), next()]];
}
