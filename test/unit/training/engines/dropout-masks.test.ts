import { expect, test } from "vitest";
import { RandomStream } from "../../../../src/random/stream";
import { fillDropoutMask } from "../../../../src/training/engines/dropout-masks";

function mask(rate: number, seed: number, step: number, layer: number): Float32Array {
  const values = new Float32Array(10_001);
  fillDropoutMask(values, rate, seed, step, layer);
  return values;
}

test.each([0.2, 0.25, 0.5])("a mask of rate %d keeps as much and scales it up", (rate) => {
  const values = mask(rate, 1, 2, 3);
  const kept = Math.fround(1 / (1 - rate));
  expect(values.every((value) => value === 0 || value === kept)).toBe(true);
  const share = values.filter((value) => value > 0).length / values.length;
  expect(Math.abs(share - (1 - rate))).toBeLessThan(0.02);
});

test("a mask is the stream of its name: one word for each element", () => {
  const stream = new RandomStream("dropout", 4, 5, 6);
  const expected = Array.from({ length: 10_001 }, () => stream.uint32() / 2 ** 32 >= 0.5);
  expect(Array.from(mask(0.5, 4, 5, 6), (value) => value > 0)).toEqual(expected);
});

test("seeds, steps and layers have masks of their own", () => {
  const masks = [mask(0.5, 1, 2, 3), mask(0.5, 2, 2, 3), mask(0.5, 1, 3, 3), mask(0.5, 1, 2, 4)];
  expect(masks[0]).toEqual(mask(0.5, 1, 2, 3));
  for (const other of masks.slice(1)) expect(other).not.toEqual(masks[0]);
});
