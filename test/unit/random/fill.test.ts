import { expect, test } from "vitest";
import { RandomStream } from "../../../src/random/stream";

test("fill gives the words that calls of uint32 give, and leaves the stream where they do", () => {
  const [one, many] = [new RandomStream("fill", 7), new RandomStream("fill", 7)];
  for (const length of [0, 1, 5, 1000]) {
    const expected = Array.from({ length }, () => one.uint32());
    expect([...many.fill(new Uint32Array(length))]).toEqual(expected);
  }
  expect(many.uint32()).toBe(one.uint32());
});

test("fillMask keeps what calls of uint32 keep, and leaves the stream where they do", () => {
  const [one, many] = [new RandomStream("mask", 7), new RandomStream("mask", 7)];
  for (const least of [0, 1, 2 ** 31, 3_000_000_001, 2 ** 32]) {
    const expected = Array.from({ length: 1000 }, () => (one.uint32() >= least ? 1.25 : 0));
    const values = new Float32Array(1000);
    many.fillMask(values, least, 1.25);
    expect([...values]).toEqual(expected);
  }
  expect(many.uint32()).toBe(one.uint32());
});
