import type { ScratchClusters } from "../protocol/states";
import { silhouette } from "../statistics/silhouette";
import type { StateLabel } from "./state-maps";
import { statePairs, statesOf } from "./state-pairs";

/**
 * Final states about the initial states that they share (Experiment 2, Fig. 2); null where each run has its own.
 * @param distances between all states in the full space, n x n, row-major
 */
export function scratchClusters(
  distances: Float64Array,
  labels: readonly StateLabel[],
): ScratchClusters | null {
  const pairs = statePairs(labels);
  const scratches = statesOf(labels, "initial");
  if (scratches.length >= pairs.length) return null;
  const distance = (a: number, b: number) => distances[a * labels.length + b];
  const margins = pairs.map(({ initial, final }) => {
    const others = scratches.filter((scratch) => scratch !== initial);
    return Math.min(...others.map((other) => distance(final, other))) / distance(final, initial);
  });
  const [within, between] = [new Mean(), new Mean()];
  pairs.forEach((a, i) => {
    for (const b of pairs.slice(0, i))
      (a.initial === b.initial ? within : between).add(distance(a.final, b.final));
  });
  const margin = Math.min(...margins);
  return {
    scratches: scratches.length,
    finals: pairs.length,
    silhouette: silhouette(
      (i, j) => distance(pairs[i].final, pairs[j].final),
      pairs.map(({ initial }) => initial),
    ),
    nearOwn: margins.filter((ratio) => ratio > 1).length,
    margin: Number.isFinite(margin) ? margin : null,
    within: within.value,
    between: between.value,
  };
}

class Mean {
  private sum = 0;
  private count = 0;

  add(value: number): void {
    this.sum += value;
    this.count++;
  }

  get value(): number | null {
    return this.count === 0 ? null : this.sum / this.count;
  }
}
