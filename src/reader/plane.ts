import type { Rectangle, Slice } from "../protocol/checkpoint-editor";

/** A two-dimensional slice as it lies among a tensor's elements: (r, c) is element start + r·rowStride + c·columnStride. */
export interface Plane {
  readonly start: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Row-major strides in elements: how far apart neighbours along each axis lie. */
export function stridesOf(shape: readonly number[]): readonly number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1] * shape[axis + 1];
  return strides;
}

/**
 * Where a slice's elements lie.
 * @throws RangeError where an axis or an index is not one of the shape
 */
export function planeOf(shape: readonly number[], { rowAxis, columnAxis, at }: Slice): Plane {
  const strides = stridesOf(shape);
  const isAxis = (axis: number | null): boolean =>
    axis === null || (Number.isInteger(axis) && axis >= 0 && axis < shape.length);
  if (!isAxis(rowAxis) || !isAxis(columnAxis) || (rowAxis !== null && rowAxis === columnAxis))
    throw new RangeError(
      `planeOf: ${rowAxis} and ${columnAxis} are no two axes of [${shape.join(", ")}]`,
    );
  let start = 0;
  shape.forEach((size, axis) => {
    if (axis === rowAxis || axis === columnAxis) return;
    const index = at[axis];
    if (!Number.isInteger(index) || index < 0 || index >= size)
      throw new RangeError(
        `planeOf: index ${index} is outside axis ${axis} of [${shape.join(", ")}]`,
      );
    start += index * strides[axis];
  });
  return {
    start,
    rows: rowAxis === null ? 1 : shape[rowAxis],
    columns: columnAxis === null ? 1 : shape[columnAxis],
    rowStride: rowAxis === null ? 0 : strides[rowAxis],
    columnStride: columnAxis === null ? 0 : strides[columnAxis],
  };
}

/**
 * The part of a plane that a rectangle cuts out.
 * @throws RangeError where it reaches beyond
 */
export function cut(plane: Plane, { row, column, rows, columns }: Rectangle): Plane {
  const fits = (from: number, count: number, all: number): boolean =>
    Number.isInteger(from) &&
    Number.isInteger(count) &&
    from >= 0 &&
    count > 0 &&
    from + count <= all;
  if (!fits(row, rows, plane.rows) || !fits(column, columns, plane.columns))
    throw new RangeError(
      `cut: ${rows} rows from ${row} and ${columns} columns from ${column} are not all among ${plane.rows} x ${plane.columns}`,
    );
  const start = plane.start + row * plane.rowStride + column * plane.columnStride;
  return { ...plane, start, rows, columns };
}
