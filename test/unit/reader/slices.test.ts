import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rectangle, Slice } from "../../../src/protocol/checkpoint-editor";
import { cut, planeOf, stridesOf } from "../../../src/reader/plane";
import { readPicture } from "../../../src/reader/read-picture";
import { readValues } from "../../../src/reader/read-values";
import { linesOf, spansOf } from "../../../src/reader/spans";
import { temporaryDirectory } from "../checkpoint/temporary";
import { checkpointOf, counting, product, quiet } from "./open-file";

const folder = temporaryDirectory();

/** The element index of a slice's cell, by NumPy's definition. */
function elementAt(shape: readonly number[], slice: Slice, row: number, column: number): number {
  const strides = stridesOf(shape);
  return shape.reduce((sum, _, axis) => {
    const index =
      axis === slice.rowAxis ? row : axis === slice.columnAxis ? column : slice.at[axis];
    return sum + index * strides[axis];
  }, 0);
}

/** A shape, a slice of it and a rectangle of that. */
const sliced = fc
  .array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 })
  .chain((shape) =>
    fc
      .record({
        axes: fc.shuffledSubarray(
          shape.map((_, axis) => axis),
          { minLength: Math.min(2, shape.length), maxLength: Math.min(2, shape.length) },
        ),
        at: fc.tuple(...shape.map((size) => fc.integer({ min: 0, max: size - 1 }))),
        corner: fc.tuple(
          fc.double({ min: 0, max: 0.99, noNaN: true }),
          fc.double({ min: 0, max: 0.99, noNaN: true }),
        ),
        extent: fc.tuple(
          fc.double({ min: 0, max: 1, noNaN: true }),
          fc.double({ min: 0, max: 1, noNaN: true }),
        ),
      })
      .map(({ axes, at, corner, extent }) => {
        const [columnAxis, rowAxis] = [axes[0], axes.length > 1 ? axes[1] : null];
        const slice: Slice = { rowAxis, columnAxis, at };
        const part = (all: number, from: number, share: number): readonly [number, number] => {
          const first = Math.floor(from * all);
          return [first, 1 + Math.floor(share * (all - first - 1))];
        };
        const [row, rows] = part(rowAxis === null ? 1 : shape[rowAxis], corner[0], extent[0]);
        const [column, columns] = part(shape[columnAxis], corner[1], extent[1]);
        const rectangle: Rectangle = { row, column, rows, columns };
        return { shape, slice, rectangle };
      }),
  );

describe("slices", () => {
  it("lie at the strides of the shape", () => {
    expect(stridesOf([2, 3, 4])).toEqual([12, 4, 1]);
    expect(stridesOf([])).toEqual([]);
    expect(planeOf([2, 3, 4], { rowAxis: 2, columnAxis: 0, at: [0, 1, 0] })).toEqual({
      start: 4,
      rows: 4,
      columns: 2,
      rowStride: 1,
      columnStride: 12,
    });
  });

  it("are refused where axes or indices are not of the tensor", () => {
    for (const slice of [
      { rowAxis: 0, columnAxis: 0, at: [0, 0] },
      { rowAxis: 0, columnAxis: 2, at: [0, 0] },
      { rowAxis: null, columnAxis: 1, at: [2, 0] },
      { rowAxis: null, columnAxis: 1, at: [] },
      { rowAxis: 0.5, columnAxis: 1, at: [0, 0] },
    ])
      expect(() => planeOf([2, 3], slice)).toThrow(RangeError);
    const plane = planeOf([2, 3], { rowAxis: 0, columnAxis: 1, at: [0, 0] });
    expect(() => cut(plane, { row: 1, column: 0, rows: 2, columns: 1 })).toThrow(RangeError);
    expect(() => cut(plane, { row: 0, column: 0, rows: 0, columns: 1 })).toThrow(RangeError);
  });

  it("are read in spans that hold each element once, whatever the block", () => {
    fc.assert(
      fc.property(sliced, fc.integer({ min: 1, max: 40 }), ({ shape, slice, rectangle }, block) => {
        const plane = cut(planeOf(shape, slice), rectangle);
        const lines = linesOf(plane);
        const seen: number[] = [];
        for (const span of spansOf(lines, block)) {
          expect(span.length).toBeLessThanOrEqual(Math.max(block, 1));
          for (let l = 0; l < span.lines; l++)
            for (let i = 0; i < span.items; i++) {
              const offset = l * lines.lineStride + i * lines.itemStride;
              expect(offset).toBeLessThan(span.length);
              seen.push(span.start + offset);
            }
        }
        const wanted: number[] = [];
        for (let r = 0; r < rectangle.rows; r++)
          for (let c = 0; c < rectangle.columns; c++)
            wanted.push(elementAt(shape, slice, rectangle.row + r, rectangle.column + c));
        const ascending = (a: number, b: number): number => a - b;
        expect(seen.sort(ascending)).toEqual(wanted.sort(ascending));
      }),
    );
  });

  it("read as NumPy would index them, as numbers and as exact pixels", async () => {
    await fc.assert(
      fc.asyncProperty(sliced, async ({ shape, slice, rectangle }) => {
        const checkpoint = await checkpointOf(folder, shape, counting(product(shape)));
        const { row, column, rows, columns } = rectangle;
        const wanted = Array.from({ length: rows * columns }, (_, i) =>
          elementAt(shape, slice, row + Math.floor(i / columns), column + (i % columns)),
        );
        const request = { tensor: "t", slice, rectangle };
        const { values } = await readValues(checkpoint, request, quiet);
        expect([...values]).toEqual(wanted);
        const { pixels, sampled } = await readPicture(
          checkpoint,
          { ...request, width: columns, height: rows, reduction: "mean" },
          quiet,
        );
        expect([...pixels]).toEqual(wanted);
        expect(sampled).toBe(1);
        await checkpoint.close();
      }),
      { numRuns: 40 },
    );
  });
});
