/** Product of a shape, NaN where a size is no count or it, or a product on the way to it, is above 2^53 - 1. */
export function elementCount(shape: readonly number[]): number {
  let count = 1;
  for (const size of shape) {
    count *= size;
    if (!(size >= 0) || !Number.isSafeInteger(count)) return NaN;
  }
  return count;
}

/** Elements from one to the next along each axis of a row-major tensor. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1);
  for (let axis = shape.length - 2; axis >= 0; axis--)
    strides[axis] = strides[axis + 1] * Math.max(1, shape[axis + 1]);
  return strides;
}

/** Elements from one to the next along each axis of a column-major (Fortran) tensor. */
export function columnMajorStrides(shape: readonly number[]): number[] {
  return rowMajorStrides(shape.toReversed()).reverse();
}

/** Whether these strides are those of row-major order; axes of one element do not matter. */
export function isRowMajor(shape: readonly number[], strides: readonly number[]): boolean {
  if (shape.includes(0)) return true;
  const expected = rowMajorStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}
