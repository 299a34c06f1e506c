import { describe, expect, it } from "vitest";
import { countInto, readFigures } from "../../../src/reader/read-figures";
import { temporaryDirectory } from "../checkpoint/temporary";
import { checkpointOf, quiet } from "./open-file";

const folder = temporaryDirectory();
const figuresOf = async (values: Float32Array) =>
  readFigures(await checkpointOf(folder, [values.length], values), { tensor: "t" }, quiet);

describe("a tensor's figures", () => {
  it("agree with their definitions over several blocks", async () => {
    const values = Float32Array.from({ length: 700_001 }, (_, i) => Math.sin(i) * 0.1 + 0.02);
    const figures = await figuresOf(values);
    const list = Array.from(values);
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    const squares = list.reduce((sum, value) => sum + value * value, 0);
    const variance = list.reduce((sum, value) => sum + (value - mean) ** 2, 0) / list.length;
    expect(figures.mean).toBeCloseTo(mean, 12);
    expect(figures.l2).toBeCloseTo(Math.sqrt(squares), 8);
    expect(figures.rms).toBeCloseTo(Math.sqrt(squares / list.length), 12);
    expect(figures.std).toBeCloseTo(Math.sqrt(variance), 12);
    expect(figures.min).toBe(list.reduce((a, b) => Math.min(a, b)));
    expect(figures.max).toBe(list.reduce((a, b) => Math.max(a, b)));
    expect(figures.histogram.reduce((a, b) => a + b)).toBe(values.length);
  });

  it("keep the deviation of values far from zero", async () => {
    const values = Float32Array.from({ length: 400_000 }, (_, i) => 8_000_000 + (i % 2));
    expect((await figuresOf(values)).std).toBeCloseTo(0.5, 9);
  });

  it("leave out and count what is not finite, and count zeros", async () => {
    const figures = await figuresOf(Float32Array.of(0, -0, 3, NaN, Infinity, -4, -Infinity));
    expect(figures).toMatchObject({ nonFinite: 3, zeros: 2, l2: 5, min: -4, max: 3, elements: 7 });
  });

  it("are none where no value is finite", async () => {
    const figures = await figuresOf(Float32Array.of(NaN, Infinity));
    expect(figures).toMatchObject({ nonFinite: 2, l2: null, mean: null, std: null, min: null });
    expect(figures.histogram.every((count) => count === 0)).toBe(true);
  });

  it("count values at the ends of the range, and ranges of any width", () => {
    const histogram = new Float64Array(4);
    countInto(histogram, Float64Array.of(0, 0.25, 0.5, 0.999, 1, NaN), 0, 1);
    expect([...histogram]).toEqual([1, 1, 1, 2]);
    const widest = new Float64Array(2);
    const max = Number.MAX_VALUE;
    countInto(widest, Float64Array.of(-max, max), -max, max);
    expect([...widest]).toEqual([1, 1]);
    const single = new Float64Array(3);
    countInto(single, Float64Array.of(7, 7), 7, 7);
    expect([...single]).toEqual([2, 0, 0]);
  });
});
