/**
 * Winograd's minimal filtering F(4, 3) along one axis: four results of a filter of three in six multiplications, after Lavin
 * and Gray, "Fast Algorithms for Convolutional Neural Networks" (2016), by interpolation at 0, 1, -1, 1/2, -2 and infinity,
 * which in float32 loses little (Barabasz et al., "Error Analysis and Improving the Accuracy of Winograd Convolution", 2020):
 * results = ofResults ((ofFilter filter) * (ofImage image)), with an element-wise product.
 */
const ofImage = [
  [1, -3 / 2, -2, 3 / 2, 1, 0],
  [0, -1, 1 / 2, 5 / 2, 1, 0],
  [0, 1, -5 / 2, 1 / 2, 1, 0],
  [0, -2, -1, 2, 1, 0],
  [0, 1 / 2, -1, -1 / 2, 1, 0],
  [0, 1, -3 / 2, -2, 3 / 2, 1],
];
const ofFilter = [
  [1, 0, 0],
  [1 / 3, 1 / 3, 1 / 3],
  [-1 / 3, 1 / 3, -1 / 3],
  [-16 / 15, -8 / 15, -4 / 15],
  [1 / 15, -2 / 15, 4 / 15],
  [0, 0, 1],
];
const ofResults = [
  [1, 1, 1, 1, 1, 0],
  [0, 1, -1, 1 / 2, -2, 0],
  [0, 1, 1, 1 / 4, 4, 0],
  [0, 1, -1, 1 / 8, -8, 1],
];

/** Along an axis: results of a tile, and elements of the image that they need, which is how often a tile multiplies. */
export const tileResults = 4;
export const tilePlaces = 6;

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns], row-major. */
  readonly values: Float32Array;
}

/** Of a tile's 36 elements of an image, row by row, to its places. */
export const imageMatrix = alongBothAxes(ofImage);
/** Of the 9 elements of a filter to the places. */
export const filterMatrix = alongBothAxes(ofFilter);
/** Of the places to a tile's 16 results. */
export const resultMatrix = alongBothAxes(ofResults);

/** The Kronecker product of a matrix with itself. */
function alongBothAxes(factors: readonly (readonly number[])[]): Matrix {
  const [rows, columns] = [factors.length ** 2, factors[0].length ** 2];
  const values = factors.flatMap((high) =>
    factors.flatMap((wide) => high.flatMap((a) => wide.map((b) => a * b))),
  );
  return { rows, columns, values: Float32Array.from(values) };
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[j * rows + i] = values[i * columns + j];
  return { rows: columns, columns: rows, values: result };
}

/** Of what the matrix is applied to, the last element first. */
export function turned({ rows, columns, values }: Matrix): Matrix {
  const result = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result[i * columns + j] = values[(i + 1) * columns - 1 - j];
  return { rows, columns, values: result };
}
