import type { Rectangle } from "../../../src/protocol/checkpoint-editor";

export interface Cell {
  readonly row: number;
  readonly column: number;
}

/** A rectangle of cells between the one where it was begun and the one that keys move. */
export interface Selection {
  readonly anchor: Cell;
  readonly focus: Cell;
}

export function single(cell: Cell): Selection {
  return { anchor: cell, focus: cell };
}

export function rectangleOf({ anchor, focus }: Selection): Rectangle {
  const row = Math.min(anchor.row, focus.row);
  const column = Math.min(anchor.column, focus.column);
  return {
    row,
    column,
    rows: Math.abs(anchor.row - focus.row) + 1,
    columns: Math.abs(anchor.column - focus.column) + 1,
  };
}

/** A key as the browser's event tells it. */
export interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** What a key needs to know of its grid. */
export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

/** Where a key moves the selection, as spreadsheets do; null for keys that mean nothing to grids. */
export function moved(selection: Selection, event: Key, size: GridSize): Selection | null {
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key.toLowerCase() === "a")
    return {
      anchor: { row: 0, column: 0 },
      focus: { row: size.rows - 1, column: size.columns - 1 },
    };
  const to = target(selection.focus, event.key, command, size);
  if (to === null) return null;
  const limit = (value: number, count: number): number => Math.min(count - 1, Math.max(0, value));
  const focus = { row: limit(to.row, size.rows), column: limit(to.column, size.columns) };
  return event.shiftKey ? { anchor: selection.anchor, focus } : single(focus);
}

function target(
  { row, column }: Cell,
  key: string,
  command: boolean,
  { rows, columns, page }: GridSize,
): Cell | null {
  switch (key) {
    case "ArrowUp":
      return { row: command ? 0 : row - 1, column };
    case "ArrowDown":
      return { row: command ? rows - 1 : row + 1, column };
    case "ArrowLeft":
      return { row, column: command ? 0 : column - 1 };
    case "ArrowRight":
      return { row, column: command ? columns - 1 : column + 1 };
    case "PageUp":
      return { row: row - page, column };
    case "PageDown":
      return { row: row + page, column };
    case "Home":
      return { row: command ? 0 : row, column: 0 };
    case "End":
      return { row: command ? rows - 1 : row, column: columns - 1 };
    default:
      return null;
  }
}
