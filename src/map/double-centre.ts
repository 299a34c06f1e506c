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
  const m = points.length;
  const matrix = selectSquare(distances, n, points);
  const mean = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < m; j++) mean[i] += matrix[i * m + j] **= 2;
    mean[i] /= m;
  }
  const grand = mean.reduce((sum, value) => sum + value, 0) / m;
  for (let i = 0; i < m; i++)
    for (let j = 0; j < m; j++)
      matrix[i * m + j] = -0.5 * (matrix[i * m + j] - mean[i] - mean[j] + grand);
  return matrix;
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
