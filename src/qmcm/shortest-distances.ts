import { copyRow, StoredTiles } from "./stored-tiles";
import type { TileMaxima } from "./tile-maxima";

/** Products made at a time: with fewer calls cost more, and more leave the processor's caches. */
const BLOCK = 1 << 21;
const MOST_ROWS = 2048;

export interface SearchOptions {
  readonly maxima: TileMaxima;
  /** Called between blocks with the share done. */
  readonly onBlock: (share: number) => Promise<void>;
}

/** Points on the unit sphere, [count, dimensions], row-major. */
export interface UnitPoints {
  readonly values: Float64Array;
  readonly dimensions: number;
}

/**
 * The paper's d_X'(x): Euclidean distances of queries to the nearest of the first few points, for several such numbers
 * of points, all from one pass over the products. ONNX Runtime's products in float32 only say which points may be the
 * nearest, by a bound on their error; among these the distance is computed in float64, as √Σ (x - y)^2. So the result
 * is exact to that sum's rounding and the same with any number of threads. Which of several points equally near is the
 * nearest does not matter.
 * @param stored points; the first `counts[l]` are level l
 * @param counts ascending, at least 1
 * @param queries either points of their own, or "rest": the points themselves, each asked only at levels whose first
 *   points do not hold it (X - X')
 * @returns for each level the distances of its queries in order; for "rest" those from point `counts[l]` on
 */
export async function shortestDistances(
  stored: UnitPoints,
  counts: readonly number[],
  queries: UnitPoints | "rest",
  { maxima, onBlock }: SearchOptions,
): Promise<Float64Array[]> {
  const k = stored.dimensions;
  const own = queries === "rest";
  const asked = own ? stored.values : queries.values;
  const total = asked.length / k;
  const tiles = new StoredTiles(stored, counts);
  const found = counts.map((count) => new Float64Array(own ? total - count : total));
  const narrow = new Float32Array(Math.min(MOST_ROWS, total) * k);
  const work = { done: 0, all: own ? sumOfLevels(counts, total) : total };
  for (let first = own ? counts[0] : 0; first < total;) {
    // Points of the block's last row decide how many levels it needs.
    const reach = (end: number) => (own ? levelsUpTo(counts, end - 1) : counts.length);
    const width = tiles.ends[reach(Math.min(total, first + MOST_ROWS)) - 1] * tiles.points;
    const rows = Math.min(MOST_ROWS, total - first, Math.max(1, Math.floor(BLOCK / width)));
    const levels = reach(first + rows);
    const count = tiles.ends[levels - 1];
    for (let row = 0; row < rows; row++) copyRow(asked, first + row, narrow, row, k);
    const block = await maxima.multiply(
      narrow.subarray(0, rows * k),
      tiles.narrow.subarray(0, count * tiles.points * k),
      k,
      tiles.tile,
    );
    for (let row = 0; row < rows; row++) {
      const query = first + row;
      const last = own ? levelsUpTo(counts, query) : counts.length;
      const distances = tiles.search(asked, query, block, row, count, last);
      for (let level = 0; level < last; level++)
        found[level][own ? query - counts[level] : query] = distances[level];
    }
    first += rows;
    work.done += own ? rows * levels : rows;
    await onBlock(Math.min(1, work.done / work.all));
  }
  return found;
}

/** How many levels have no more points than `count`. */
function levelsUpTo(counts: readonly number[], count: number): number {
  let levels = counts.length;
  while (levels > 0 && counts[levels - 1] > count) levels--;
  return levels;
}

/** Rows times levels of the search over X - X'. */
function sumOfLevels(counts: readonly number[], total: number): number {
  return counts.reduce((sum, count) => sum + total - count, 0);
}
