import type { Values } from "./largest-products";

/** Points of a tile at most: a query's products with one stay in a processor's first cache. */
const LARGEST = 4096;

/**
 * Points laid out in tiles of one size so that each level begins with a tile of its own: its last tile is filled with
 * copies of its last point, which change no shortest distance.
 */
export interface StoredLevels {
  /** [tiles * tile, dimensions], row-major. */
  readonly values: Values;
  /** Points of each tile. */
  readonly tile: number;
  /** Number of tiles up to the end of each level. */
  readonly ends: readonly number[];
}

/**
 * @param points [count, k], row-major
 * @param counts ascending, at least 1: the first `counts[l]` points are level l
 */
export function storedLevels(points: Values, k: number, counts: readonly number[]): StoredLevels {
  const usual = counts[counts.length - 1] / counts.length;
  const tile = Math.ceil(usual / Math.ceil(usual / LARGEST));
  const sizes = counts.map((count, level) => count - (counts[level - 1] ?? 0));
  let tiles = 0;
  const ends = sizes.map((size) => (tiles += Math.ceil(size / tile)));
  const length = tiles * tile * k;
  const values =
    points instanceof Float32Array ? new Float32Array(length) : new Float64Array(length);
  let at = 0;
  for (const [level, count] of counts.entries()) {
    values.set(points.subarray((count - sizes[level]) * k, count * k), at);
    at += sizes[level] * k;
    for (const end = ends[level] * tile * k; at < end; at += k) values.copyWithin(at, at - k, at);
  }
  return { values, tile, ends };
}
