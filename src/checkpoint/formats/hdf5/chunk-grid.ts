import { elementCount } from "../../shape";

/** Where a chunk lies as it was stored. */
export interface StoredChunk {
  readonly address: number;
  readonly size: number;
  /** Filters that were left out. */
  readonly mask: number;
}

export interface ChunkGrid {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  /** Chunks along each axis. */
  readonly counts: readonly number[];
  /** As many as there may ever be: arrays of chunks count by these. Infinity along an axis without a limit. */
  readonly mostCounts: readonly number[];
  /** Of a chunk without filters. */
  readonly bytes: number;
}

/** A chunk's number in the grid, row-major, from its place along each axis; null outside the grid. */
export function chunkNumber({ counts }: ChunkGrid, place: readonly number[]): number | null {
  const inside = place.every((at, axis) => Number.isInteger(at) && at >= 0 && at < counts[axis]);
  return inside ? place.reduce((number, at, axis) => number * counts[axis] + at, 0) : null;
}

/**
 * How arrays of chunks count them: as the dataset may grow, the axis without a limit (there is at most one) slowest.
 * Chunks of what the dataset may yet become, or has shrunk from, are null.
 */
export function chunkOrder(grid: ChunkGrid): {
  /** The number in the grid of an array's entry. */
  readonly numberOf: (entry: number) => number | null;
  /** Entries behind this one are outside the grid. */
  readonly end: number;
} {
  const { counts, mostCounts } = grid;
  const endless = mostCounts.indexOf(Infinity);
  const axes = [...counts.keys()].filter((axis) => axis !== endless);
  if (endless >= 0) axes.unshift(endless);
  const [slowest, ...others] = axes;
  const row = elementCount(others.map((axis) => mostCounts[axis]));
  return {
    end: counts[slowest] * row,
    numberOf(entry) {
      const place = counts.map(() => 0);
      let rest = entry;
      for (const axis of others.toReversed()) {
        place[axis] = rest % mostCounts[axis];
        rest = Math.floor(rest / mostCounts[axis]);
      }
      place[slowest] = rest;
      return chunkNumber(grid, place);
    },
  };
}
