import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import type { RunCurve } from "../protocol/results";
import type { RunStates } from "./run-states";

/**
 * Distances of a finished run's checkpoints from its initial and its final weights (the paper's Figs. 6 and 7).
 * @throws CheckpointError on a file that is none
 */
export async function runCurve({ initial, steps, final }: RunStates): Promise<RunCurve> {
  const files = [initial, ...steps.map(({ file }) => file), final.file];
  return withCheckpoint(initial, (first) =>
    withCheckpoint(final.file, async (last) => {
      const points: { fromInitial: number | null; toFinal: number | null }[] = [];
      for (const file of files)
        points.push(
          await withCheckpoint(file, async (weights) => ({
            fromInitial: (await compareCheckpoints(first, weights)).distance,
            toFinal: (await compareCheckpoints(weights, last)).distance,
          })),
        );
      const taken = steps.map(({ step }) => step);
      const end = final.step ?? lastStep(taken, points.at(-2)?.toFinal ?? null);
      // A last checkpoint that is the final weights themselves is no point of its own.
      const same = taken.length > 0 && taken[taken.length - 1] === end;
      const drawn = same ? points.toSpliced(-2, 1) : points;
      return {
        steps: [0, ...(same ? taken.slice(0, -1) : taken), end],
        fromInitial: drawn.map(({ fromInitial }) => fromInitial),
        toFinal: drawn.map(({ toFinal }) => toFinal),
      };
    }),
  );
}

/**
 * The step of final weights that do not tell: that of the last checkpoint where the two are equal, else one interval later,
 * which is the latest that it can be where checkpoints are kept at equal intervals.
 */
function lastStep(taken: readonly number[], distance: number | null): number {
  const [before = 0, last = 0] = taken.length > 1 ? taken.slice(-2) : [0, ...taken];
  return distance === 0 ? last : last + Math.max(1, last - before);
}

export async function withCheckpoint<Result>(
  file: string,
  use: (checkpoint: Checkpoint) => Promise<Result>,
): Promise<Result> {
  const checkpoint = await openCheckpoint(file);
  try {
    return await use(checkpoint);
  } finally {
    await checkpoint.close();
  }
}
