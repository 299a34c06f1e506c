import type { NearestCheck, NearestDirection } from "../protocol/results";

export interface NearestCheckInput {
  /** Number of runs n. */
  readonly runs: number;
  /** n x n, row-major: from the initial state of run i to the final state of run j. */
  readonly initialToFinal: Float64Array;
  /** n x n distances between initial states, where known: a zero beside the diagonal means a shared state. */
  readonly initialToInitial?: Float64Array;
  /** Whether the caller knows that runs share an initial state. */
  readonly sharedInitialStates?: boolean;
}

/**
 * The paper's condition for its estimate (Section "Apply on the neural network"): is each run's final state the
 * nearest of all final states to its initial state? And in reverse: is each run's initial state the nearest of all
 * initial states to its final state? Nearest means strictly nearer than every other; a distance that is not a
 * number (a run that diverged) is nearest to nothing. `margin` leaves out runs whose own distance is 0, and is
 * null where no run is left.
 * @throws RangeError where a matrix is not n x n or there are no runs
 */
export function nearestCheck(input: NearestCheckInput): NearestCheck {
  const { runs, initialToFinal, initialToInitial, sharedInitialStates = false } = input;
  for (const matrix of [initialToFinal, initialToInitial])
    if (matrix && matrix.length !== runs * runs)
      throw new RangeError(`nearestCheck: ${matrix.length} distances for ${runs} runs`);
  if (runs === 0) throw new RangeError("nearestCheck: no runs");
  if (sharedInitialStates || (initialToInitial && zeroBesideDiagonal(initialToInitial, runs)))
    return {
      applicable: false,
      pairs: runs,
      reason:
        "Runs share an initial state, so no final state belongs to one run's initial state alone.",
    };
  const distance = (initial: number, final: number) => initialToFinal[initial * runs + final];
  return {
    applicable: true,
    pairs: runs,
    ...direction(runs, distance),
    reverse: direction(runs, (final, initial) => distance(initial, final)),
  };
}

function direction(runs: number, distance: (from: number, to: number) => number): NearestDirection {
  let own = 0;
  let margin = Infinity;
  for (let run = 0; run < runs; run++) {
    const ownDistance = distance(run, run);
    let nearestOther = Infinity;
    for (let other = 0; other < runs; other++)
      if (other !== run && distance(run, other) < nearestOther) nearestOther = distance(run, other);
    if (ownDistance < nearestOther) own++;
    const ratio = nearestOther / ownDistance;
    if (ratio < margin) margin = ratio;
  }
  return { own, allOwn: own === runs, margin: Number.isFinite(margin) ? margin : null };
}

function zeroBesideDiagonal(distances: Float64Array, runs: number): boolean {
  return distances.some((distance, at) => distance === 0 && at % (runs + 1) !== 0);
}
