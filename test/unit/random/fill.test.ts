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
