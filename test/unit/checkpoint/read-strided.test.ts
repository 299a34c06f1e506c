import { expect, it } from "vitest";
import { MemorySource } from "../../../src/checkpoint/memory-source";
import { readStrided } from "../../../src/checkpoint/read-strided";

/** Larger than the reader's window of 16 MiB and its portion of half a million elements. */
const SIZE = 2300;

it("gathers a transposed matrix over several windows", async () => {
  const values = Float32Array.from({ length: SIZE * SIZE }, (_, i) => i % 65_521);
  const source = new MemorySource("matrix", new Uint8Array(values.buffer));
  const count = 700_000;
  for (const start of [0, 1_234_567, SIZE * SIZE - count]) {
    const into = new Float32Array(count);
    const bytes = new Uint8Array(into.buffer);
    await readStrided(source, 0, [SIZE, SIZE], [1, SIZE], 4, start, bytes);
    const wrong = into.findIndex((value, i) => {
      const place = start + i;
      return value !== values[(place % SIZE) * SIZE + Math.floor(place / SIZE)];
    });
    expect(wrong).toBe(-1);
  }
});

it("gathers steps and repeats in any number of dimensions", async () => {
  const values = Int16Array.from({ length: 200 }, (_, i) => i);
  const source = new MemorySource("numbers", new Uint8Array(values.buffer));
  const [shape, strides] = [
    [2, 3, 1, 4],
    [50, 7, 99, 0],
  ];
  const into = new Int16Array(24);
  await readStrided(source, 2 * 5, shape, strides, 2, 0, new Uint8Array(into.buffer));
  const expected = Array.from({ length: 24 }, (_, i) => {
    const [a, b] = [Math.floor(i / 12), Math.floor(i / 4) % 3];
    return 5 + a * 50 + b * 7;
  });
  expect([...into]).toEqual(expected);
});
