import { diagonalise } from "../map/tridiagonal";

/**
 * Eigenvalues and eigenvectors of a symmetric matrix by Householder's reduction to tridiagonal form and the QL method
 * (Golub and Van Loan, Matrix Computations, sections 8.3.1 and 8.3.3): errors are shares of the largest eigenvalue.
 * @param matrix n x n, row-major; destroyed
 * @returns eigenvalues, largest first, and their vectors as rows [n, n], or none of them where they are not wanted
 */
export function symmetricEigen(
  matrix: Float64Array,
  n: number,
  withVectors = true,
): { values: Float64Array; vectors: Float64Array } {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const scales = new Float64Array(n);
  const reflector = new Float64Array(n);
  const image = new Float64Array(n);
  // The reflector that clears column c lies in the column itself, below the diagonal.
  for (let c = 0; c < n - 2; c++) {
    let square = 0;
    for (let i = c + 1; i < n; i++) square += matrix[i * n + c] ** 2;
    const first = matrix[(c + 1) * n + c];
    const length = first > 0 ? -Math.sqrt(square) : Math.sqrt(square);
    beside[c] = length;
    if (length === 0) continue;
    matrix[(c + 1) * n + c] = first - length;
    scales[c] = 1 / (square - first * length);
    for (let i = c + 1; i < n; i++) reflector[i] = matrix[i * n + c];
    reflectBothSides(matrix, n, c + 1, scales[c], reflector, image);
  }
  if (n > 1) beside[n - 2] = matrix[(n - 1) * n + n - 2];
  // Upside down: what is small comes first, which the QL method needs where sizes differ much.
  for (let i = 0; i < n; i++) diagonal[n - 1 - i] = matrix[i * n + i];
  const negligible = Number.EPSILON * largestSize(diagonal);
  const couplings = Float64Array.from(beside, (_, i) => {
    const coupling = i < n - 1 ? beside[n - 2 - i] : 0;
    return Math.abs(coupling) <= negligible ? 0 : coupling;
  });
  const columns = Array.from({ length: n }, (_, i) => unit(withVectors ? n : 0, n - 1 - i));
  diagonalise(diagonal, couplings, columns);
  const order = Array.from(diagonal.keys()).sort((i, j) => diagonal[j] - diagonal[i]);
  const vectors = new Float64Array(withVectors ? n * n : 0);
  if (withVectors)
    order.forEach((from, to) => {
      for (let c = n - 3; c >= 0; c--) reflect(columns[from], matrix, n, c, scales[c]);
      vectors.set(columns[from], to * n);
    });
  return { values: Float64Array.from(order, (i) => diagonal[i]), vectors };
}

function largestSize(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function unit(n: number, i: number): Float64Array {
  const column = new Float64Array(n);
  column[i] = 1;
  return column;
}

/** H A H for H = I - scale v v', from row and column `start` on: A - v w' - w v' with p = scale A v, w = p - (scale p'v / 2) v. */
function reflectBothSides(
  matrix: Float64Array,
  n: number,
  start: number,
  scale: number,
  v: Float64Array,
  w: Float64Array,
): void {
  w.fill(0);
  // From the lower half alone.
  for (let i = start; i < n; i++) {
    const row = i * n;
    const own = v[i];
    let sum = matrix[row + i] * own;
    for (let j = start; j < i; j++) {
      const entry = matrix[row + j];
      sum += entry * v[j];
      w[j] += entry * own;
    }
    w[i] += sum;
  }
  let along = 0;
  for (let i = start; i < n; i++) along += (w[i] *= scale) * v[i];
  for (let i = start; i < n; i++) w[i] -= 0.5 * scale * along * v[i];
  for (let i = start; i < n; i++) {
    const row = i * n;
    const [ownV, ownW] = [v[i], w[i]];
    for (let j = start; j <= i; j++) matrix[row + j] -= ownV * w[j] + ownW * v[j];
  }
}

function reflect(
  vector: Float64Array,
  matrix: Float64Array,
  n: number,
  c: number,
  scale: number,
): void {
  let along = 0;
  for (let i = c + 1; i < n; i++) along += matrix[i * n + c] * vector[i];
  along *= scale;
  for (let i = c + 1; i < n; i++) vector[i] -= along * matrix[i * n + c];
}
