/**
 * Eigenvalues of a symmetric tridiagonal matrix by the QL method with implicit shifts (Dubrulle, Martin and
 * Wilkinson 1968; EISPACK's imtql2), in place.
 * @param diagonal m values; becomes the eigenvalues, in no order
 * @param beside m values, of which entry i couples i and i + 1 (the last is ignored); destroyed
 * @param columns m columns of any one height, rotated along: those of the identity become the eigenvectors, and of
 *   the identity's last row alone, the last component of each
 * @throws Error where an eigenvalue needs more than 60 iterations, which only values that are not finite bring about
 */
export function diagonalise(
  diagonal: Float64Array,
  beside: Float64Array,
  columns: readonly Float64Array[],
): void {
  const m = diagonal.length;
  beside[m - 1] = 0;
  for (let low = 0; low < m; low++)
    for (let iterations = 0; ; iterations++) {
      const high = firstSplit(diagonal, beside, low);
      if (high === low) break;
      if (iterations === 60) throw new Error("diagonalise: an eigenvalue does not converge");
      sweep(diagonal, beside, columns, low, high);
    }
}

/** First row from `low` on that a negligible coupling cuts off from the next. */
function firstSplit(diagonal: Float64Array, beside: Float64Array, low: number): number {
  let row = low;
  while (row < diagonal.length - 1) {
    const size = Math.abs(diagonal[row]) + Math.abs(diagonal[row + 1]);
    if (Math.abs(beside[row]) <= Number.EPSILON * size) break;
    row++;
  }
  return row;
}

/** One QL sweep over rows `low` to `high`, chased upwards by plane rotations. */
function sweep(
  diagonal: Float64Array,
  beside: Float64Array,
  columns: readonly Float64Array[],
  low: number,
  high: number,
): void {
  // Wilkinson's shift: the eigenvalue of the leading 2 x 2 block nearer to its first entry.
  const half = (diagonal[low + 1] - diagonal[low]) / (2 * beside[low]);
  const root = Math.hypot(half, 1);
  let g = diagonal[high] - diagonal[low] + beside[low] / (half + (half < 0 ? -root : root));
  let sine = 1;
  let cosine = 1;
  let moved = 0;
  for (let i = high - 1; i >= low; i--) {
    const f = sine * beside[i];
    const b = cosine * beside[i];
    const length = Math.hypot(f, g);
    beside[i + 1] = length;
    if (length === 0) {
      // The matrix splits here: what is above goes on in the next sweep.
      diagonal[i + 1] -= moved;
      beside[high] = 0;
      return;
    }
    sine = f / length;
    cosine = g / length;
    g = diagonal[i + 1] - moved;
    const turned = (diagonal[i] - g) * sine + 2 * cosine * b;
    moved = sine * turned;
    diagonal[i + 1] = g + moved;
    g = cosine * turned - b;
    rotate(columns[i], columns[i + 1], cosine, sine);
  }
  diagonal[low] -= moved;
  beside[low] = g;
  beside[high] = 0;
}

function rotate(left: Float64Array, right: Float64Array, cosine: number, sine: number): void {
  for (let row = 0; row < left.length; row++) {
    const kept = right[row];
    right[row] = sine * left[row] + cosine * kept;
    left[row] = cosine * left[row] - sine * kept;
  }
}
