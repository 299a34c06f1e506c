import { widened, type Matrix } from "./matrix";
import type { Products } from "./products";

/** V' Δ'Δ V for an orthonormal basis V that grows by blocks: symmetric, its eigenvalues squares of singular values. */
export class Projection {
  /** Vectors of each block. */
  readonly sizes: number[] = [];
  size = 0;
  private readonly entries: Float64Array;

  /** @param capacity vectors at most */
  constructor(private readonly capacity: number) {
    this.entries = new Float64Array(capacity * capacity);
  }

  /** Rows of a new block: `factor` [size, rank] times `inside` [rank, all]. */
  async add(size: number, factor: Float64Array, inside: Matrix, products: Products): Promise<void> {
    const { entries, capacity, size: first } = this;
    const all = first + size;
    const added =
      factor.length === 0
        ? new Float64Array(size * all)
        : await products.times(factor, widened(inside), all);
    for (let i = 0; i < size; i++)
      for (let j = 0; j < all; j++) {
        const row = first + i;
        // Both halves of the new diagonal block were computed; their mean is symmetric.
        const entry =
          j < first
            ? added[i * all + j]
            : (added[i * all + j] + added[(j - first) * all + row]) / 2;
        entries[row * capacity + j] = entry;
        entries[j * capacity + row] = entry;
      }
    this.sizes.push(size);
    this.size = all;
  }

  /** [n, n] of the first n vectors. */
  matrix(n = this.size): Float64Array {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < n; i++)
      matrix.set(this.entries.subarray(i * this.capacity, i * this.capacity + n), i * n);
    return matrix;
  }

  /**
   * Of the first blocks, with the last diagonal block such that 0 is an eigenvalue, as many times as that block has
   * vectors: Gauss and Radau's rule for blocks (Golub and Meurant 2010, section 6.4). Schur complements go down the
   * diagonal: the matrix is block tridiagonal but for rounding.
   */
  withZero(blocks: number): Float64Array {
    const { entries, capacity, sizes } = this;
    let start = 0;
    let complement = new Float64Array(0);
    for (let block = 0; block < blocks; block++) {
      const size = sizes[block];
      const earlier = block === 0 ? 0 : sizes[block - 1];
      const coupling = new Float64Array(size * earlier);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < earlier; j++)
          coupling[i * earlier + j] = entries[(start + i) * capacity + start - earlier + j];
      const taken = throughInverse(complement, earlier, coupling, size);
      if (block === blocks - 1) {
        const matrix = this.matrix(start + size);
        for (let i = 0; i < size; i++)
          for (let j = 0; j < size; j++)
            matrix[(start + i) * (start + size) + start + j] = taken[i * size + j];
        return matrix;
      }
      complement = new Float64Array(size * size);
      for (let i = 0; i < size; i++)
        for (let j = 0; j < size; j++)
          complement[i * size + j] =
            entries[(start + i) * capacity + start + j] - taken[i * size + j];
      start += size;
    }
    return complement;
  }
}

/** B S^-1 B' for S [n, n] and B [p, n], by Cholesky's factor of S; what of it is rounding is left out. */
function throughInverse(
  matrix: Float64Array,
  n: number,
  rows: Float64Array,
  p: number,
): Float64Array {
  const factor = matrix.slice();
  const solved = rows.slice();
  let largest = 0;
  for (let c = 0; c < n; c++) {
    const pivot = factor[c * n + c];
    largest = Math.max(largest, pivot);
    const root = pivot > 1e-12 * largest ? Math.sqrt(pivot) : Infinity;
    for (let i = c + 1; i < n; i++) factor[i * n + c] /= root;
    for (let i = 0; i < p; i++) solved[i * n + c] /= root;
    for (let j = c + 1; j < n; j++) {
      for (let i = j; i < n; i++) factor[i * n + j] -= factor[i * n + c] * factor[j * n + c];
      for (let i = 0; i < p; i++) solved[i * n + j] -= solved[i * n + c] * factor[j * n + c];
    }
  }
  const product = new Float64Array(p * p);
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) {
      let sum = 0;
      for (let c = 0; c < n; c++) sum += solved[i * n + c] * solved[j * n + c];
      product[i * p + j] = sum;
    }
  return product;
}
