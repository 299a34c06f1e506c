import type { WeightMap } from "../../src/protocol/results";

/** A map as a renderer wants it: centred, and scaled so that the points' mean radius is 1. */
export interface Cloud {
  readonly size: number;
  /** x, y, z of each point. */
  readonly positions: Float32Array;
  /** The run of each point. */
  readonly runs: Int32Array;
  /** 0 for an initial state, 1 for a final one. */
  readonly kinds: Uint8Array;
  /** Pairs of point indices: a run's initial and final state. */
  readonly pairs: Uint32Array;
  /** Mean distance of the points to their centroid, in units of weight distance. */
  readonly meanRadius: number;
  /** Largest distance of a point to the centroid, in mean radii; 1 where all are equally far. */
  readonly reach: number;
}

/**
 * Lays out a map's points for drawing.
 * @param starts for each run the one whose initial state the map has in its place, where runs share them; itself where
 *   it is not named
 */
export function cloudOf(
  map: Pick<WeightMap, "points" | "dimensions">,
  starts: ReadonlyMap<number, number> = new Map(),
): Cloud {
  const size = map.points.length;
  const positions = new Float32Array(3 * size);
  const centroid = [0, 0, 0];
  for (const { position } of map.points)
    for (let axis = 0; axis < map.dimensions; axis++) centroid[axis] += position[axis] / size;
  let meanRadius = 0;
  let largest = 0;
  const initial = new Map<number, number>();
  const pairs: number[] = [];
  map.points.forEach(({ run, state }, point) => {
    if (state === "initial") initial.set(run, point);
  });
  map.points.forEach(({ position, run, state }, point) => {
    let squared = 0;
    for (let axis = 0; axis < map.dimensions; axis++) {
      const value = position[axis] - centroid[axis];
      positions[3 * point + axis] = value;
      squared += value * value;
    }
    meanRadius += Math.sqrt(squared) / size;
    largest = Math.max(largest, Math.sqrt(squared));
    const start = initial.get(starts.get(run) ?? run);
    if (state === "final" && start !== undefined) pairs.push(start, point);
  });
  if (meanRadius > 0) for (let i = 0; i < positions.length; i++) positions[i] /= meanRadius;
  return {
    size,
    positions,
    runs: Int32Array.from(map.points, ({ run }) => run),
    kinds: Uint8Array.from(map.points, ({ state }) => (state === "final" ? 1 : 0)),
    pairs: Uint32Array.from(pairs),
    meanRadius,
    reach: meanRadius > 0 ? largest / meanRadius : 1,
  };
}
