import { CHUNK, type ChunkProducts } from "./chunk-maxima";
import type { UnitPoints } from "./shortest-distances";

/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;

/**
 * Stored points in float32, so laid out that each level begins with a chunk of its own: its last chunk is filled with
 * copies of its last point, which change no shortest distance.
 */
export class StoredChunks {
  /** [chunks * CHUNK, dimensions], row-major. */
  readonly narrow: Float32Array;
  /** Number of chunks up to the end of each level. */
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
    const places: number[] = [];
    this.ends = counts.map((count, level) => {
      for (let point = level === 0 ? 0 : counts[level - 1]; point < count; point++)
        places.push(point);
      while (places.length % CHUNK > 0) places.push(count - 1);
      return places.length / CHUNK;
    });
    this.point = Int32Array.from(places);
    this.narrow = new Float32Array(places.length * k);
    places.forEach((point, place) => {
      this.narrow.set(values.subarray(point * k, (point + 1) * k), place * k);
    });
    // Rounding both vectors, and a sum of k products in any order (Higham, Accuracy and Stability, section 3.1), of
    // vectors of norm 1; two more for the products' own norms and second-order terms. Once for each of two products.
    this.margin = 2 * (k + 4) * ROUNDOFF * (1 + (k + 4) * ROUNDOFF);
    this.distances = new Float64Array(counts.length);
  }

  /**
   * Shortest distances of one query to the points of each of the first `levels` levels.
   * @param queries [count, dimensions]; the query is row `query`
   * @param block products, of which row `row` is the query's and `n` the number of places in a row
   * @returns valid until the next call
   */
  search(
    queries: Float64Array,
    query: number,
    { products, maxima }: ChunkProducts,
    row: number,
    n: number,
    levels: number,
  ): Float64Array {
    const { ends, margin, distances } = this;
    const firstMaximum = (row * n) / CHUNK;
    let best = -Infinity;
    let nearest = Infinity;
    for (let level = 0, start = 0; level < levels; start = ends[level++]) {
      const end = ends[level];
      for (let chunk = start; chunk < end; chunk++) {
        const maximum = maxima[firstMaximum + chunk];
        if (maximum > best) best = maximum;
      }
      const least = best - margin;
      for (let chunk = start; chunk < end; chunk++)
        if (maxima[firstMaximum + chunk] >= least)
          for (let place = chunk * CHUNK; place < (chunk + 1) * CHUNK; place++)
            if (products[row * n + place] >= least) {
              const square = this.square(queries, query, this.point[place]);
              if (square < nearest) nearest = square;
            }
      distances[level] = Math.sqrt(nearest);
    }
    return distances;
  }

  /** Squared distance; four sums side by side, which a processor can add at the same time. */
  private square(queries: Float64Array, query: number, point: number): number {
    const { values, dimensions } = this.stored;
    let a = query * dimensions;
    let b = point * dimensions;
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    let s3 = 0;
    const end = a + dimensions;
    for (; a + 3 < end; a += 4, b += 4) {
      const d0 = queries[a] - values[b];
      const d1 = queries[a + 1] - values[b + 1];
      const d2 = queries[a + 2] - values[b + 2];
      const d3 = queries[a + 3] - values[b + 3];
      s0 += d0 * d0;
      s1 += d1 * d1;
      s2 += d2 * d2;
      s3 += d3 * d3;
    }
    for (; a < end; a++, b++) s0 += (queries[a] - values[b]) ** 2;
    return s0 + s1 + (s2 + s3);
  }
}
