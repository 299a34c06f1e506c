import type { NearestState } from "../protocol/states";
import type { StateLabel } from "./state-maps";
import { statesOf } from "./state-pairs";

/**
 * The nearest of all final states to each initial state: d_X'(x) of the paper's Fig. 3.
 * @param distances between all states, n x n, row-major
 */
export function nearestStates(
  distances: Float64Array,
  labels: readonly StateLabel[],
): readonly NearestState[] {
  const finals = statesOf(labels, "final");
  if (finals.length === 0) return [];
  return statesOf(labels, "initial").map((initial) => {
    const to = (final: number) => distances[initial * labels.length + final];
    const nearest = finals.reduce((best, final) => (to(final) < to(best) ? final : best));
    return { run: labels[initial].run, nearest: labels[nearest].run, distance: to(nearest) };
  });
}
