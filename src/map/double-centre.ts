/**
 * Algorithm 1, steps 1 and 2: B = -1/2 J D2 J, with D2 the squared distances and J = I - 11'/n. B is the Gram matrix
 * of the points about their centroid, so B_ii is the squared distance of point i to it.
 * @param distances n x n, row-major, symmetric
 * @param points which of them to take; all by default
 * @returns as many rows and columns as points
 */
export function doubleCentred(
  distances: Float64Array,
  n: number,
  points: readonly number[] = Array.from({ length: n }, (_, i) => i),
): Float64Array {
  const matrix = selectSquare(distances, n, points);
  doubleCentre(matrix, points.length);
  return matrix;
}

/** The same in the place of the distances, of which two may be more than fits. */
export function doubleCentre(matrix: Float64Array, n: number): void {
  const mean = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) mean[i] += matrix[i * n + j] **= 2;
    mean[i] /= n;
  }
  const grand = mean.reduce((sum, value) => sum + value, 0) / n;
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      matrix[i * n + j] = -0.5 * (matrix[i * n + j] - mean[i] - mean[j] + grand);
}

/** Rows and columns of an n x n matrix, row-major, at the given points. */
export function selectSquare(
  matrix: Float64Array,
  n: number,
  points: readonly number[],
): Float64Array {
  const m = points.length;
  const selected = new Float64Array(m * m);
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++) selected[i * m + j] = matrix[points[i] * n + points[j]];
  return selected;
}
