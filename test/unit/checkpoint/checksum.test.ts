import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { verifyChecksums } from "../../../src/checkpoint/checksum";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { fixtures } from "./formats/expectations";
import { temporaryDirectory, writeBytes } from "./temporary";

const directory = temporaryDirectory();

async function verify(file: string): Promise<number> {
  const checkpoint = await openCheckpoint(file);
  try {
    return await verifyChecksums(checkpoint);
  } finally {
    await checkpoint.close();
  }
}

/** The bytes with one bit changed. */
function flip(bytes: Buffer, at: number): Buffer {
  bytes[at] ^= 1;
  return bytes;
}

describe("checksums that real packages stored", () => {
  it.each([
    ["tensorflow/every-dtype/model", 12],
    ["tensorflow/partitioned/model.ckpt-1", 5],
    ["tensorflow/saved-model", 5],
    ["numpy/stored.npz", 10],
    ["numpy/deflated.npz", 10],
    ["pytorch/dtypes.pt", 20],
    ["pytorch/deflated.pt", 3],
    ["pytorch/sharded", 8],
    ["keras/model.keras", 3],
    ["keras/deflated.keras", 3],
  ])("of %s are right", async (file, least) => {
    expect(await verify(path.join(fixtures, file))).toBeGreaterThanOrEqual(least);
  });

  it.each(["every-dtype.safetensors", "gguf/every-type.gguf", "keras/model.weights.h5"])(
    "of %s there are none",
    async (file) => {
      expect(await verify(path.join(fixtures, file))).toBe(0);
    },
  );
});

describe("values that were damaged", () => {
  it("in a TensorFlow checkpoint are named with their place, though they can be read", async () => {
    const folder = path.join(directory, "tensorflow");
    cpSync(path.join(fixtures, "tensorflow/training"), folder, { recursive: true });
    const data = path.join(folder, "ckpt-2.data-00000-of-00001");
    writeFileSync(data, flip(readFileSync(data), 100));
    const refused = verify(path.join(folder, "ckpt-2"));
    await expect(refused).rejects.toThrow(/are damaged: their checksum is wrong \(at byte \d+\)$/);
    await expect(refused).rejects.toThrow(data);
    expect(await verify(path.join(folder, "ckpt-1"))).toBeGreaterThan(3);
  });

  it("in a zip file are named", async () => {
    const bytes = readFileSync(path.join(fixtures, "numpy/stored.npz"));
    // The first entry's last byte of data.
    const size = bytes.readUInt32LE(bytes.indexOf("PK\x01\x02") + 20);
    const start = 30 + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
    const file = writeBytes(directory, "damaged.npz", flip(bytes, start + size - 1));
    await expect(verify(file)).rejects.toThrow(/bytes of "[^"]+" are damaged/);
  });
});
