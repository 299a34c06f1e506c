import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import { temporaryDirectory } from "./temporary";

const directory = temporaryDirectory();
const file = path.join(directory, "state.safetensors");

it("gives back what was written, bit by bit", async () => {
  const tensor = fc.record({
    name: fc.string({ unit: "grapheme", maxLength: 12 }).filter((name) => name !== "__metadata__"),
    shape: fc.array(fc.nat(4), { maxLength: 4 }),
    bits: fc.infiniteStream(fc.integer()),
  });
  const tensors = fc.uniqueArray(tensor, { selector: ({ name }) => name, maxLength: 5 });
  const metadata = fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 });
  await fc.assert(
    fc.asyncProperty(tensors, metadata, async (list, about) => {
      const written = list.map(({ name, shape, bits }) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const words = Int32Array.from({ length: count }, () => Number(bits.next().value));
        return { name, shape, values: new Float32Array(words.buffer) };
      });
      await writeSafetensors(file, written, about);
      const checkpoint = await openCheckpoint(file);
      expect(checkpoint.tensors.length).toBe(written.length);
      expect(new Map(Object.entries(about))).toEqual(checkpoint.metadata);
      for (const { name, shape, values } of written) {
        const found = checkpoint.tensor(name)!;
        expect(found).toMatchObject({ dtype: "F32", shape });
        const read = new Float32Array(values.length);
        await checkpoint.readFloats(found, 0, read);
        expect(Buffer.from(read.buffer).equals(Buffer.from(values.buffer))).toBe(true);
      }
      await checkpoint.close();
    }),
    { numRuns: 60, seed: 3 },
  );
});

it("writes the same bytes for the same arguments, data at a multiple of 8, nothing else left", async () => {
  const tensors = [{ name: "w", shape: [2], values: Float32Array.of(1, 2) }];
  const other = path.join(directory, "other.safetensors");
  await writeSafetensors(file, tensors, { b: "2", a: "1" });
  await writeSafetensors(other, tensors, { a: "1", b: "2" });
  const bytes = readFileSync(file);
  expect(bytes.equals(readFileSync(other))).toBe(true);
  expect(Number(bytes.readBigUInt64LE()) % 8).toBe(0);
  expect(readdirSync(directory).sort()).toEqual(["other.safetensors", "state.safetensors"]);
});

it("refuses what no reader would take, and leaves nothing behind", async () => {
  const values = Float32Array.of(1, 2);
  const bad = [
    [{ name: "w", shape: [3], values }],
    [{ name: "w", shape: [-1, -2], values }],
    [{ name: "__metadata__", shape: [2], values }],
    [
      { name: "w", shape: [2], values },
      { name: "w", shape: [2], values },
    ],
  ];
  for (const tensors of bad)
    await expect(writeSafetensors(path.join(directory, "bad"), tensors)).rejects.toThrow(
      RangeError,
    );
  await expect(writeSafetensors(path.join(directory, "no/such/place"), [])).rejects.toThrow();
  expect(readdirSync(directory)).not.toContain("bad");
});
