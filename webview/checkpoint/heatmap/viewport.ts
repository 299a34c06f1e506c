import type { Rectangle } from "../../../src/protocol/checkpoint-editor";
import type { Place } from "../../ui/place";

/** What of a plane is seen: the column and row at the corner, and CSS pixels of a cell. */
export interface Viewport {
  readonly column: number;
  readonly row: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** CSS pixels of the stage, cells of the plane. */
export interface Frame {
  readonly width: number;
  readonly height: number;
  readonly rows: number;
  readonly columns: number;
}

/** A cell is drawn no larger. */
const LARGEST = 64;
/** Nor larger than this where all is in sight. */
const LARGEST_AT_FIT = 32;
/** Cells may be so many times longer than wide for the plane to fill the stage better. */
const STRETCH = 4;
/** A plane far longer than wide is stretched to be at least so wide, as far as LARGEST_AT_FIT lets it. */
const THINNEST = 120;

/** The viewport that shows the whole plane: as large as can be without distorting it too much. */
export function fitted({ width, height, rows, columns }: Frame): Viewport {
  const square = Math.min(width / columns, height / rows, LARGEST_AT_FIT);
  const stretched = (cells: number, room: number): number =>
    Math.max(
      square,
      Math.min(Math.max(THINNEST / cells, STRETCH * square), room / cells, LARGEST_AT_FIT),
    );
  return clamped(
    {
      column: 0,
      row: 0,
      cellWidth: stretched(columns, width),
      cellHeight: stretched(rows, height),
    },
    { width, height, rows, columns },
  );
}

/** The nearest viewport that shows no more emptiness than it must: a small plane stands in the middle. */
export function clamped(viewport: Viewport, frame: Frame): Viewport {
  const along = (from: number, cells: number, seen: number): number =>
    seen >= cells ? (cells - seen) / 2 : Math.min(cells - seen, Math.max(0, from));
  return {
    ...viewport,
    column: along(viewport.column, frame.columns, frame.width / viewport.cellWidth),
    row: along(viewport.row, frame.rows, frame.height / viewport.cellHeight),
  };
}

export function panned(viewport: Viewport, frame: Frame, dx: number, dy: number): Viewport {
  const column = viewport.column - dx / viewport.cellWidth;
  const row = viewport.row - dy / viewport.cellHeight;
  return clamped({ ...viewport, column, row }, frame);
}

/** Zooms about a place of the stage, between the whole plane and the largest cells. */
export function zoomed(viewport: Viewport, frame: Frame, factor: number, at: Place): Viewport {
  const fit = fitted(frame);
  const { cellWidth, cellHeight } = viewport;
  const most = Math.max(1, LARGEST / Math.max(fit.cellWidth, fit.cellHeight));
  // Both scales grow as one, so that the cells keep their form.
  const scale = Math.min(most, Math.max(1, (cellWidth / fit.cellWidth) * factor));
  const next = { cellWidth: fit.cellWidth * scale, cellHeight: fit.cellHeight * scale };
  return clamped(
    {
      ...next,
      column: viewport.column + at.x / cellWidth - at.x / next.cellWidth,
      row: viewport.row + at.y / cellHeight - at.y / next.cellHeight,
    },
    frame,
  );
}

/** The cells in sight, with a share of them more on each side; null where none is. */
export function cellsInSight(viewport: Viewport, frame: Frame, beyond = 0): Rectangle | null {
  const along = (from: number, seen: number, cells: number): readonly [number, number] => [
    Math.max(0, Math.floor(from - beyond * seen)),
    Math.min(cells, Math.ceil(from + (1 + beyond) * seen)),
  ];
  const [column, columnEnd] = along(
    viewport.column,
    frame.width / viewport.cellWidth,
    frame.columns,
  );
  const [row, rowEnd] = along(viewport.row, frame.height / viewport.cellHeight, frame.rows);
  if (columnEnd <= column || rowEnd <= row) return null;
  return { row, column, rows: rowEnd - row, columns: columnEnd - column };
}

/** The cell under a place of the stage; null where there is none. */
export function cellAt(
  viewport: Viewport,
  frame: Frame,
  { x, y }: Place,
): { readonly row: number; readonly column: number } | null {
  const column = Math.floor(viewport.column + x / viewport.cellWidth);
  const row = Math.floor(viewport.row + y / viewport.cellHeight);
  return column >= 0 && column < frame.columns && row >= 0 && row < frame.rows
    ? { row, column }
    : null;
}
