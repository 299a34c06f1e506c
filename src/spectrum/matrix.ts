/** A row-major matrix; its row length says both sizes. */
export type Matrix = Float32Array | Float64Array;

/** Zeros, or the values given, in the precision of a model. */
export function like<T extends Matrix>(model: T, values: number | Matrix): T {
  const single = model instanceof Float32Array;
  if (typeof values === "number")
    return (single ? new Float32Array(values) : new Float64Array(values)) as T;
  if (single === values instanceof Float32Array) return values as T;
  return (single ? new Float32Array(values) : new Float64Array(values)) as T;
}

/** In float64: the matrix itself where it is. */
export function widened(matrix: Matrix): Float64Array {
  return matrix instanceof Float64Array ? matrix : new Float64Array(matrix);
}

// Two functions of one body: each sees arrays of one type, which makes it several times as fast.

/** a -= b */
export function subtract(a: Matrix, b: Matrix): void {
  if (a instanceof Float32Array) subtractSingle(a, b as Float32Array);
  else subtractDouble(a, b as Float64Array);
}

function subtractSingle(a: Float32Array, b: Float32Array): void {
  for (let i = 0; i < a.length; i++) a[i] -= b[i];
}

function subtractDouble(a: Float64Array, b: Float64Array): void {
  for (let i = 0; i < a.length; i++) a[i] -= b[i];
}

/** Largest norm of rows of length k. */
export function largestNorm(rows: Matrix, k: number): number {
  let largest = 0;
  for (let start = 0; start < rows.length; start += k)
    largest = Math.max(largest, squaredNorm(rows.subarray(start, start + k)));
  return Math.sqrt(largest);
}

/** Sum of squares, in float64. */
export function squaredNorm(values: Matrix): number {
  return values instanceof Float32Array ? squareSingle(values) : squareDouble(values);
}

function squareSingle(values: Float32Array): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i] * values[i];
  return square;
}

function squareDouble(values: Float64Array): number {
  let square = 0;
  for (let i = 0; i < values.length; i++) square += values[i] * values[i];
  return square;
}
