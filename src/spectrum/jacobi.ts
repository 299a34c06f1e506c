/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's cyclic rotations (Golub and Van Loan, Matrix
 * Computations, section 8.5), which keep small eigenvalues of graded matrices exact.
 * @param matrix n x n, row-major; destroyed
 * @returns eigenvalues, largest first, and their vectors as rows [n, n]
 */
export function jacobi(
  matrix: Float64Array,
  n: number,
): { values: Float64Array; vectors: Float64Array } {
  const vectors = new Float64Array(n * n);
  for (let i = 0; i < n; i++) vectors[i * n + i] = 1;
  for (let sweep = 0, rotated = true; rotated && sweep < 60; sweep++) {
    rotated = false;
    for (let p = 0; p < n - 1; p++)
      for (let q = p + 1; q < n; q++) {
        const beside = matrix[p * n + q];
        const size = Math.sqrt(Math.abs(matrix[p * n + p] * matrix[q * n + q]));
        if (Math.abs(beside) <= 1e-16 * size || beside === 0) continue;
        rotated = true;
        rotate(matrix, vectors, n, p, q);
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort(
    (i, j) => matrix[j * n + j] - matrix[i * n + i],
  );
  const sorted = new Float64Array(n * n);
  order.forEach((from, to) => {
    sorted.set(vectors.subarray(from * n, (from + 1) * n), to * n);
  });
  return { values: Float64Array.from(order, (i) => matrix[i * n + i]), vectors: sorted };
}

/** Makes entry (p, q) zero. */
function rotate(
  matrix: Float64Array,
  vectors: Float64Array,
  n: number,
  p: number,
  q: number,
): void {
  const half = (matrix[q * n + q] - matrix[p * n + p]) / (2 * matrix[p * n + q]);
  const tangent = (half < 0 ? -1 : 1) / (Math.abs(half) + Math.hypot(half, 1));
  const cosine = 1 / Math.hypot(tangent, 1);
  const sine = tangent * cosine;
  for (let i = 0; i < n; i++) {
    const x = matrix[i * n + p];
    const y = matrix[i * n + q];
    matrix[i * n + p] = cosine * x - sine * y;
    matrix[i * n + q] = sine * x + cosine * y;
  }
  for (let i = 0; i < n; i++) {
    const x = matrix[p * n + i];
    const y = matrix[q * n + i];
    matrix[p * n + i] = cosine * x - sine * y;
    matrix[q * n + i] = sine * x + cosine * y;
    const v = vectors[p * n + i];
    const w = vectors[q * n + i];
    vectors[p * n + i] = cosine * v - sine * w;
    vectors[q * n + i] = sine * v + cosine * w;
  }
  matrix[p * n + q] = matrix[q * n + p] = 0;
}
