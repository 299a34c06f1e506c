import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { derivedSeed, RandomStream } from "../../../src/random/stream";

interface Reference {
  readonly name: string;
  readonly words: readonly number[];
  readonly uniform: readonly number[];
  readonly seed: number;
}

const references = JSON.parse(
  readFileSync(path.join(__dirname, "reference.json"), "utf8"),
) as Reference[];

describe.each(references)("the stream named '$name', against Python", (reference) => {
  const parts = reference.name.split("/");

  it("gives the same words", () => {
    const stream = new RandomStream(...parts);
    expect(reference.words.map(() => stream.uint32())).toEqual(reference.words);
  });

  it("gives the same uniform deviates and derived seed", () => {
    const stream = new RandomStream(...parts);
    expect(reference.uniform.map(() => stream.uniform())).toEqual(reference.uniform);
    expect(derivedSeed(...parts)).toBe(reference.seed);
  });
});

it("joins the parts of a name by slashes, numbers as decimals", () => {
  expect(new RandomStream("a", 7, "b").uint32()).toBe(new RandomStream("a/7/b").uint32());
});

it("is uniform on [0, 1): mean, variance and ten classes", () => {
  const stream = new RandomStream("uniformity");
  const count = 100_000;
  const classes = new Array<number>(10).fill(0);
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < count; i++) {
    const value = stream.uniform();
    expect(value >= 0 && value < 1).toBe(true);
    classes[Math.floor(10 * value)]++;
    sum += value;
    squares += value * value;
  }
  expect(sum / count).toBeCloseTo(1 / 2, 2);
  expect(squares / count).toBeCloseTo(1 / 3, 2);
  const chiSquare = classes.reduce((total, seen) => total + (seen - 1e4) ** 2 / 1e4, 0);
  expect(chiSquare).toBeLessThan(27.9); // 99.9 % of chi-square with 9 degrees of freedom
});

it("draws integers below any bound without bias", () => {
  const stream = new RandomStream("below");
  const seen = new Array<number>(3).fill(0);
  for (let i = 0; i < 30_000; i++) seen[stream.below(3)]++;
  for (const count of seen) expect(Math.abs(count - 10_000)).toBeLessThan(300);
  expect(stream.below(1)).toBe(0);
  expect(stream.below(2 ** 32)).toBeLessThan(2 ** 32);
  // Just above half the range, rejection is needed every second time.
  for (let i = 0; i < 100; i++) expect(stream.below(2 ** 31 + 1)).toBeLessThanOrEqual(2 ** 31);
  for (const bound of [0, -1, 1.5, 2 ** 32 + 1, NaN])
    expect(() => stream.below(bound)).toThrow(RangeError);
});

it("draws normal deviates of mean 0, variance 1 and no skew", () => {
  const stream = new RandomStream("normal");
  const values = Float64Array.from({ length: 100_000 }, () => stream.normal());
  const moment = (power: number) =>
    values.reduce((sum, value) => sum + value ** power, 0) / values.length;
  expect(moment(1)).toBeCloseTo(0, 1);
  expect(moment(2)).toBeCloseTo(1, 1);
  expect(moment(3)).toBeCloseTo(0, 1);
  expect(Math.abs(moment(4) - 3)).toBeLessThan(0.15);
  expect(values.every(Number.isFinite)).toBe(true);
});

it("shuffles to a permutation, in place, the same each time", () => {
  const values = Int32Array.from({ length: 1000 }, (_, i) => i);
  const shuffled = new RandomStream("shuffle").shuffle(values);
  expect(shuffled).toBe(values);
  expect(shuffled).not.toEqual(Int32Array.from({ length: 1000 }, (_, i) => i));
  const again = new RandomStream("shuffle").shuffle(Array.from({ length: 1000 }, (_, i) => i));
  expect(again).toEqual(Array.from(shuffled));
  expect(again.sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
});

it("brings forth every order of three with equal chance", () => {
  const stream = new RandomStream("orders");
  const seen = new Map<string, number>();
  for (let i = 0; i < 12_000; i++) {
    const order = stream.shuffle([0, 1, 2]).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  const chiSquare = [...seen.values()].reduce((sum, n) => sum + (n - 2000) ** 2 / 2000, 0);
  expect(chiSquare).toBeLessThan(20.5); // 99.9 % of chi-square with 5 degrees of freedom
});
