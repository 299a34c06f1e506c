import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  cellAt,
  cellsInSight,
  fitted,
  panned,
  zoomed,
} from "../../../../webview/checkpoint/heatmap/viewport";

const frames = fc.record({
  width: fc.integer({ min: 50, max: 2000 }),
  height: fc.integer({ min: 50, max: 2000 }),
  rows: fc.integer({ min: 1, max: 200_000 }),
  columns: fc.integer({ min: 1, max: 200_000 }),
});

describe("the heatmap's viewport", () => {
  it("shows the whole plane at first, inside the stage", () => {
    fc.assert(
      fc.property(frames, (frame) => {
        const view = fitted(frame);
        expect(view.cellWidth * frame.columns).toBeLessThanOrEqual(frame.width * 1.000001);
        expect(view.cellHeight * frame.rows).toBeLessThanOrEqual(frame.height * 1.000001);
        expect(cellsInSight(view, frame)).toEqual({
          row: 0,
          column: 0,
          rows: frame.rows,
          columns: frame.columns,
        });
      }),
    );
  });

  it("keeps what is under the pointer there when it zooms in", () => {
    const frame = { width: 800, height: 500, rows: 3000, columns: 3000 };
    let view = zoomed(fitted(frame), frame, 8, { x: 400, y: 250 });
    const before = cellAt(view, frame, { x: 300, y: 200 });
    view = zoomed(view, frame, 2, { x: 300, y: 200 });
    const after = cellAt(view, frame, { x: 300, y: 200 });
    expect(Math.abs(after!.row - before!.row)).toBeLessThanOrEqual(1);
    expect(Math.abs(after!.column - before!.column)).toBeLessThanOrEqual(1);
  });

  it("never leaves the plane, however it is moved", () => {
    fc.assert(
      fc.property(
        frames,
        fc.array(
          fc.record({
            factor: fc.double({ min: 0.1, max: 10, noNaN: true }),
            dx: fc.integer({ min: -3000, max: 3000 }),
            dy: fc.integer({ min: -3000, max: 3000 }),
          }),
          { maxLength: 8 },
        ),
        (frame, moves) => {
          let view = fitted(frame);
          for (const { factor, dx, dy } of moves)
            view = panned(zoomed(view, frame, factor, { x: 10, y: 20 }), frame, dx, dy);
          const seen = cellsInSight(view, frame, 0.15)!;
          expect(seen.rows).toBeGreaterThan(0);
          expect(seen.row + seen.rows).toBeLessThanOrEqual(frame.rows);
          expect(seen.column + seen.columns).toBeLessThanOrEqual(frame.columns);
          expect(view.cellWidth).toBeGreaterThanOrEqual(fitted(frame).cellWidth * 0.999);
        },
      ),
    );
  });

  it("knows no cell beside the plane", () => {
    const frame = { width: 900, height: 900, rows: 2, columns: 2 };
    const view = fitted(frame);
    expect(cellAt(view, frame, { x: 1, y: 1 })).toBeNull();
    expect(cellAt(view, frame, { x: 451, y: 449 })).toEqual({ row: 0, column: 1 });
  });
});
