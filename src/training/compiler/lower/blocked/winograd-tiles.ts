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

/** Results of a tile, and its multiplications, along an axis. */
export const tileResults = 4;
export const tilePlaces = 6;

export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns], row-major. */
  readonly values: Float32Array;
}

function matrix(rows: number, columns: number): Matrix {
  return { rows, columns, values: new Float32Array(rows * columns) };
}

export function transposed({ rows, columns, values }: Matrix): Matrix {
  const result = matrix(columns, rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) result.values[j * rows + i] = values[i * columns + j];
  return result;
}

/** Both axes' transformation of a filter of 3 x 3 at once: [36, 9]. */
export function filterMatrix(): Matrix {
  const result = matrix(tilePlaces ** 2, 9);
  for (let row = 0; row < result.rows; row++)
    for (let column = 0; column < 9; column++)
      result.values[row * 9 + column] =
        ofFilter[Math.floor(row / tilePlaces)][Math.floor(column / 3)] *
        ofFilter[row % tilePlaces][column % 3];
  return result;
}

/** An axis of an image, the results along it, and what is added in front of the image. */
export interface TiledAxis {
  readonly size: number;
  readonly results: number;
  readonly padding: number;
}

export function tilesOf({ results }: TiledAxis): number {
  return Math.ceil(results / tileResults);
}

/** From an axis of the image to its tiles, [places * tiles, size]; what pads the image has no column. */
export function imageMatrix(axis: TiledAxis): Matrix {
  const tiles = tilesOf(axis);
  const result = matrix(tilePlaces * tiles, axis.size);
  eachTile(tiles, ofImage, (place, element, tile, factor) => {
    const at = tile * tileResults + element - axis.padding;
    if (at >= 0 && at < axis.size) result.values[(place * tiles + tile) * axis.size + at] = factor;
  });
  return result;
}

/** From tiles to the axis of the results, [results, places * tiles]; what a last tile has too many has no row. */
export function resultMatrix(axis: TiledAxis): Matrix {
  const tiles = tilesOf(axis);
  const result = matrix(axis.results, tilePlaces * tiles);
  eachTile(tiles, ofResults, (element, place, tile, factor) => {
    const at = tile * tileResults + element;
    if (at < axis.results) result.values[at * result.columns + place * tiles + tile] = factor;
  });
  return result;
}

function eachTile(
  tiles: number,
  factors: readonly (readonly number[])[],
  visit: (row: number, column: number, tile: number, factor: number) => void,
): void {
  factors.forEach((line, row) => {
    line.forEach((factor, column) => {
      for (let tile = 0; tile < tiles; tile++) visit(row, column, tile, factor);
    });
  });
}
