import { describe, expect, it } from "vitest";
import type { PictureRequest } from "../../../src/protocol/checkpoint-editor";
import { readPicture } from "../../../src/reader/read-picture";
import { temporaryDirectory } from "../checkpoint/temporary";
import { checkpointOf, quiet } from "./open-file";

const folder = temporaryDirectory();
const [ROWS, COLUMNS] = [37, 53];
const values = Float32Array.from({ length: ROWS * COLUMNS }, (_, i) => Math.sin(i * i));

const request = (patch: Partial<PictureRequest>): PictureRequest => ({
  tensor: "t",
  slice: { rowAxis: 0, columnAxis: 1, at: [0, 0] },
  rectangle: { row: 0, column: 0, rows: ROWS, columns: COLUMNS },
  width: 10,
  height: 7,
  reduction: "mean",
  ...patch,
});

/** The elements under each pixel, by definition: element i of n lies under pixel ⌊i · pixels / n⌋. */
function under(height: number, width: number, at: (r: number, c: number) => number): number[][] {
  const pixels = Array.from({ length: height * width }, (): number[] => []);
  for (let r = 0; r < ROWS; r++)
    for (let c = 0; c < COLUMNS; c++) {
      const y = Math.floor((r * height) / ROWS);
      pixels[y * width + Math.floor((c * width) / COLUMNS)].push(at(r, c));
    }
  return pixels;
}

const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / list.length;
const farthest = (list: readonly number[]): number =>
  list.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));

describe("a picture of many values", () => {
  it("shows the mean, or the value farthest from zero, of what lies under each pixel", async () => {
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], values);
    const lists = under(7, 10, (r, c) => values[r * COLUMNS + c]);
    const means = await readPicture(checkpoint, request({}), quiet);
    lists.forEach((list, pixel) => {
      expect(means.pixels[pixel]).toBeCloseTo(mean(list), 6);
    });
    const extremes = await readPicture(checkpoint, request({ reduction: "extreme" }), quiet);
    expect([...extremes.pixels]).toEqual(lists.map(farthest));
  });

  it("is the same seen along the other axis", async () => {
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], values);
    const one = await readPicture(checkpoint, request({ reduction: "extreme" }), quiet);
    const other = await readPicture(
      checkpoint,
      request({
        slice: { rowAxis: 1, columnAxis: 0, at: [0, 0] },
        rectangle: { row: 0, column: 0, rows: COLUMNS, columns: ROWS },
        width: 7,
        height: 10,
        reduction: "extreme",
      }),
      quiet,
    );
    for (let y = 0; y < 7; y++)
      for (let x = 0; x < 10; x++) expect(other.pixels[x * 7 + y]).toBe(one.pixels[y * 10 + x]);
  });

  it("reads a share of each pixel's values where all would be too many, and says which", async () => {
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], values);
    const { pixels, sampled } = await readPicture(checkpoint, request({}), quiet, 400);
    expect(sampled).toBeGreaterThan(0.03);
    expect(sampled).toBeLessThan(0.5);
    expect(pixels.some(Number.isNaN)).toBe(false);
    const line = await checkpointOf(folder, [ROWS * COLUMNS], values);
    const strip = request({
      slice: { rowAxis: null, columnAxis: 0, at: [0] },
      rectangle: { row: 0, column: 0, rows: 1, columns: ROWS * COLUMNS },
      height: 1,
    });
    const thinned = await readPicture(line, strip, quiet, 400);
    expect(thinned.sampled).toBeLessThan(0.25);
    expect(thinned.pixels.some(Number.isNaN)).toBe(false);
  });

  it("marks a pixel over a value that is not finite", async () => {
    const broken = values.slice();
    broken[5 * COLUMNS + 20] = NaN;
    broken[30 * COLUMNS + 2] = -Infinity;
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], broken);
    for (const reduction of ["mean", "extreme"] as const) {
      const { pixels } = await readPicture(checkpoint, request({ reduction }), quiet);
      const marked = [...pixels].flatMap((value, pixel) => (Number.isNaN(value) ? [pixel] : []));
      expect(marked).toEqual([0 * 10 + 3, 5 * 10 + 0]);
    }
  });

  it("refuses more pixels than values", async () => {
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], values);
    await expect(readPicture(checkpoint, request({ width: COLUMNS + 1 }), quiet)).rejects.toThrow(
      RangeError,
    );
  });

  it("stops between blocks when it is cancelled", async () => {
    const checkpoint = await checkpointOf(folder, [ROWS, COLUMNS], values);
    const context = { ...quiet, signal: AbortSignal.abort(new Error("enough")) };
    await expect(readPicture(checkpoint, request({}), context)).rejects.toThrow("enough");
  });
});
