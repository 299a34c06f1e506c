import type { NearestState } from "../../src/protocol/states";

/** As many as fit, evenly over all from the nearest to the farthest. */
export function someOf(states: readonly NearestState[], most: number): readonly NearestState[] {
  const sorted = states.toSorted((a, b) => a.distance - b.distance || a.run - b.run);
  if (sorted.length <= most) return sorted;
  return Array.from(
    { length: most },
    (_, i) => sorted[Math.round((i * (sorted.length - 1)) / (most - 1))],
  );
}
