import type { Slice } from "../../src/protocol/checkpoint-editor";

/** The slice that a tensor is shown by at first: its last two axes, the others at 0. */
export function firstSlice(shape: readonly number[]): Slice {
  const rank = shape.length;
  return {
    rowAxis: rank >= 2 ? rank - 2 : null,
    columnAxis: rank >= 1 ? rank - 1 : null,
    at: shape.map(() => 0),
  };
}

/** Whether a slice, perhaps of an earlier file, can be taken of this shape. */
export function fits(shape: readonly number[], { rowAxis, columnAxis, at }: Slice): boolean {
  const rank = shape.length;
  const isAxis = (axis: number | null, needed: boolean): boolean =>
    axis === null ? !needed : needed && axis >= 0 && axis < rank;
  return (
    at.length === rank &&
    isAxis(rowAxis, rank >= 2) &&
    isAxis(columnAxis, rank >= 1) &&
    (rank < 2 || rowAxis !== columnAxis) &&
    at.every((index, axis) => index >= 0 && index < Math.max(1, shape[axis]))
  );
}

/** Gives an axis to the rows or columns; if the other has it, the two change places. */
export function withAxis(slice: Slice, which: "rowAxis" | "columnAxis", axis: number): Slice {
  const other = which === "rowAxis" ? "columnAxis" : "rowAxis";
  const taken = slice[other] === axis;
  return { ...slice, [which]: axis, ...(taken ? { [other]: slice[which] } : {}) };
}

export function withIndex(slice: Slice, axis: number, index: number): Slice {
  return { ...slice, at: slice.at.with(axis, index) };
}

/** How many rows and columns a slice has. */
export function extentOf(
  shape: readonly number[],
  { rowAxis, columnAxis }: Slice,
): { readonly rows: number; readonly columns: number } {
  return {
    rows: rowAxis === null ? 1 : shape[rowAxis],
    columns: columnAxis === null ? 1 : shape[columnAxis],
  };
}

/** A tensor of one axis reads as a column of numbers; as a picture it is a row. */
export function upright(slice: Slice): Slice {
  return slice.rowAxis === null && slice.columnAxis !== null
    ? { ...slice, rowAxis: slice.columnAxis, columnAxis: null }
    : slice;
}

/** An element's index in its tensor, as NumPy writes it: `[0, 3, 12]`. */
export function elementIndex(
  rank: number,
  { rowAxis, columnAxis, at }: Slice,
  row: number | string,
  column: number | string,
): string {
  const index = (axis: number): number | string =>
    axis === rowAxis ? row : axis === columnAxis ? column : at[axis];
  return `[${Array.from({ length: rank }, (_, axis) => index(axis)).join(", ")}]`;
}
