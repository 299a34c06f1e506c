import { squaredDistance } from "../distance/squared-distance";
import type { UnitPoints } from "./shortest-distances";
import type { Maxima, TileShape } from "./tile-maxima";

/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;
/** Points of a tile at most. */
const LARGEST = 64 ** 2;

/**
 * Stored points in float32, so laid out that each level begins with a tile of its own: its last tile is filled with
 * copies of its last point, which change no shortest distance.
 */
export class StoredTiles {
  readonly tile: TileShape;
  /** [tiles * rows * columns, dimensions], row-major. */
  readonly narrow: Float32Array;
  /** Number of tiles up to the end of each level. */
  readonly ends: readonly number[];
  /** Which point is where in `narrow`. */
  private readonly point: Int32Array;
  /** Products in float32 of a nearest point and another may be wrongly ordered where they differ by less than this. */
  private readonly margin: number;
  /** Of the query last searched for, at each level. */
  private readonly distances: Float64Array;

  constructor(
    private readonly stored: UnitPoints,
    counts: readonly number[],
  ) {
    const { values, dimensions: k } = stored;
    this.tile = tileOf(counts);
    const places: number[] = [];
    this.ends = counts.map((count, level) => {
      for (let point = level === 0 ? 0 : counts[level - 1]; point < count; point++)
        places.push(point);
      while (places.length % this.points > 0) places.push(count - 1);
      return places.length / this.points;
    });
    this.point = Int32Array.from(places);
    this.narrow = new Float32Array(places.length * k);
    for (let place = 0; place < places.length; place++)
      copyRow(values, this.point[place], this.narrow, place, k);
    // Rounding both vectors, and a sum of k products in any order (Higham, Accuracy and Stability, section 3.1), of
    // vectors of norm 1; two more for the products' own norms and second-order terms. Once for each of two products.
    this.margin = 2 * (k + 4) * ROUNDOFF * (1 + (k + 4) * ROUNDOFF);
    this.distances = new Float64Array(counts.length);
  }

  /** Of a tile. */
  get points(): number {
    return this.tile.rows * this.tile.columns;
  }

  /**
   * Shortest distances of one query to the points of each of the first `levels` levels.
   * @param queries [count, dimensions]; the query is row `query`
   * @param maxima of several queries, of which the query is the one at `index`, with so many `tiles` each
   * @returns valid until the next call
   */
  search(
    queries: Float64Array,
    query: number,
    { ofRows, ofColumns }: Maxima,
    index: number,
    tiles: number,
    levels: number,
  ): Float64Array {
    const { ends, margin, distances } = this;
    const { values, dimensions } = this.stored;
    const { rows, columns } = this.tile;
    let best = -Infinity;
    let nearest = Infinity;
    for (let level = 0, tile = index * tiles; level < levels; level++) {
      const end = index * tiles + ends[level];
      for (let at = tile * rows; at < end * rows; at++) best = Math.max(best, ofRows[at]);
      const least = best - margin;
      for (; tile < end; tile++)
        for (let row = 0; row < rows; row++) {
          if (ofRows[tile * rows + row] < least) continue;
          const first = ((tile - index * tiles) * rows + row) * columns;
          for (let column = 0; column < columns; column++)
            if (ofColumns[tile * columns + column] >= least) {
              const at = this.point[first + column];
              const square = squaredDistance(queries, query, values, at, dimensions);
              if (square < nearest) nearest = square;
            }
        }
      distances[level] = Math.sqrt(nearest);
    }
    return distances;
  }
}

/** Writes row `i` of `from` into row `j` of `to`, which is narrower: a loop is several times as fast as `set`. */
export function copyRow(
  from: Float64Array,
  i: number,
  to: Float32Array,
  j: number,
  width: number,
): void {
  const [a, b] = [i * width, j * width];
  for (let c = 0; c < width; c++) to[b + c] = from[a + c];
}

/** A shape about as wide as high that little must be added to, for levels of a usual size. */
function tileOf(counts: readonly number[]): TileShape {
  const usual = counts[counts.length - 1] / counts.length;
  const points = Math.ceil(usual / Math.ceil(usual / LARGEST));
  const most = Math.ceil(Math.sqrt(points));
  let tile = { rows: most, columns: Math.ceil(points / most) };
  for (let rows = most - 1; rows > most / 2; rows--) {
    const columns = Math.ceil(points / rows);
    if (rows * columns < tile.rows * tile.columns) tile = { rows, columns };
  }
  return tile;
}
