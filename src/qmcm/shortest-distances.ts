import type { LargestProducts, Precision } from "./largest-products";
import { storedLevels } from "./stored-levels";
import { valuesOf, type UnitPoints } from "./unit-points";

/** Products made at a time: with fewer calls cost more, and more leave the processor's caches. */
const BLOCK = 1 << 22;
const MOST_ROWS = 4096;

/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;
/** Largest relative error of a distance by products in float32. */
const TOLERANCE = 1e-5;

export interface SearchOptions {
  readonly products: LargestProducts;
  /** Called between blocks with the share done. */
  readonly onBlock: (share: number) => Promise<void>;
}

/**
 * The paper's d_X'(x): Euclidean distances of queries to the nearest of the first few points, for several such numbers
 * of points, all from one pass over the products, as √(2 - 2 max x·y) of points of norm 1. Products are float32 as long
 * as the bound on their error, Higham's γ (Accuracy and Stability, section 3.1), holds each distance to 1e-5 relative;
 * that is usual in tens to hundreds of dimensions, where no point is very near, and errors are about 1e-7 then. From the
 * first distance on that would be less exact they are float64, and errors at most √(2^-52 (k + 4)), 4e-8 on a circle. The
 * same with any number of threads.
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
  { products, onBlock }: SearchOptions,
): Promise<Float64Array[]> {
  const k = stored.dimensions;
  const own = queries === "rest";
  const asked = own ? stored : queries;
  const total = asked.values.length / k;
  const found = counts.map((count) => new Float64Array(own ? total - count : total));
  const work = { done: 0, all: own ? sumOfLevels(counts, total) : total };
  let precision: Precision = "float32";
  let levels = storedLevels(stored.rounded, k, counts);
  const least = leastSquare(k);
  for (let first = own ? counts[0] : 0; first < total;) {
    // Points of the block's last row decide how many levels it needs.
    const reach = (end: number) => (own ? levelsUpTo(counts, end - 1) : counts.length);
    const width = levels.ends[reach(Math.min(total, first + MOST_ROWS)) - 1] * levels.tile;
    const rows = Math.min(MOST_ROWS, total - first, Math.max(1, Math.floor(BLOCK / width)));
    const reached = reach(first + rows);
    const tiles = levels.ends[reached - 1];
    const largest = await products.multiply(
      valuesOf(asked, precision).subarray(first * k, (first + rows) * k),
      levels.values.subarray(0, tiles * levels.tile * k),
      k,
      levels.tile,
    );
    let nearest = Infinity;
    for (let row = 0; row < rows; row++) {
      const query = first + row;
      const last = own ? levelsUpTo(counts, query) : counts.length;
      let best = -Infinity;
      for (let level = 0, tile = 0; level < last; level++) {
        for (; tile < levels.ends[level]; tile++)
          best = Math.max(best, largest[row * tiles + tile]);
        const square = Math.max(0, 2 - 2 * best);
        nearest = Math.min(nearest, square);
        found[level][own ? query - counts[level] : query] = Math.sqrt(square);
      }
    }
    if (precision === "float32" && nearest < least) {
      precision = "float64";
      levels = storedLevels(stored.values, k, counts);
      continue;
    }
    first += rows;
    work.done += own ? rows * reached : rows;
    await onBlock(Math.min(1, work.done / work.all));
  }
  return found;
}

/** The squared distance from which on products in float32 of vectors of norm 1 give the distance as it should be. */
function leastSquare(k: number): number {
  // Rounding both vectors, and a sum of k products in any order; two more for second-order terms. An error e of the
  // product is one of 2 e in the square, and of e over the square in the distance, relative.
  return ((k + 4) * ROUNDOFF) / TOLERANCE;
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
