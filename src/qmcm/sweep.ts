import type { DivergenceFloor, QmcmSweep, SweepLevel } from "../protocol/qmcm";
import { describeDistances } from "./normal-fit";
import { shortestDistances, type SearchOptions } from "./shortest-distances";
import { spherePoints } from "./sphere-points";
import { unitPoints, type UnitPoints } from "./unit-points";

/** Shares of Fig. 5. */
const RATIOS = Array.from({ length: 99 }, (_, i) => (i + 1) / 100);

/** Shortest distances at each r. */
export interface SearchedSweep {
  readonly ratios: readonly number[];
  /** |X'| at each r. */
  readonly counts: readonly number[];
  /** Of X - X' at each r, then of the fresh queries at each. */
  readonly distances: readonly Float64Array[];
}

/** |X'| of so many points: at least one is stored, and two are left to ask. */
export function storedOf(points: number, ratio: number): number {
  return Math.min(points - 2, Math.max(1, Math.round(ratio * points)));
}

/**
 * Shortest distances for r = 1 … 99 %, of X - X' and of as many fresh points as X has, uniform on the sphere too. Each X'
 * holds the one before, so that the curve's points are not independent of one another.
 */
export async function searchSweep(
  points: UnitPoints,
  seed: number,
  search: SearchOptions,
): Promise<SearchedSweep> {
  const total = points.values.length / points.dimensions;
  // Of few points several r may have the same X'.
  const ratios = RATIOS.filter(
    (ratio, i) => i === 0 || storedOf(total, ratio) > storedOf(total, RATIOS[i - 1]),
  );
  const counts = ratios.map((ratio) => storedOf(total, ratio));
  const half = (from: number): SearchOptions => ({
    ...search,
    onBlock: (share) => search.onBlock(from + share / 2),
  });
  const rest = await shortestDistances(points, counts, "rest", half(0));
  const values = spherePoints(total, points.dimensions, "qmcm", "fresh", seed);
  const queries = unitPoints(values, points.dimensions);
  const fresh = await shortestDistances(points, counts, queries, half(0.5));
  return { ratios, counts, distances: [...rest, ...fresh] };
}

/** Fig. 5 of a sweep's distances. @param floors of each number of queries */
export function describeSweep(
  { ratios, counts, distances }: SearchedSweep,
  floors: ReadonlyMap<number, DivergenceFloor>,
): QmcmSweep {
  const level = (found: Float64Array, i: number): SweepLevel => {
    const { mean, std, klDivergence } = describeDistances(found);
    return {
      ratio: ratios[i],
      stored: counts[i],
      queries: found.length,
      mean,
      std,
      klDivergence,
      floor: floors.get(found.length)!,
    };
  };
  return {
    remaining: distances.slice(0, counts.length).map(level),
    fresh: distances.slice(counts.length).map(level),
  };
}
