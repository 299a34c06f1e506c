import path from "node:path";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { openCheckpoint } from "../checkpoint/open";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import { checkpointName } from "../protocol/checkpoint-name";
import type { RunCurve } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import type { RunRecord } from "./run-record";

/**
 * Distances of a finished run's checkpoints from its initial and its final weights (the paper's Figs. 6 and 7).
 * @throws CheckpointError on a file that is none
 */
export async function runCurve(
  directory: ExperimentDirectory,
  { key, steps, checkpoints }: Pick<RunRecord, "key" | "steps" | "checkpoints">,
): Promise<RunCurve> {
  const folder = directory.runFolder(key);
  const stepsOf = new Map(checkpoints.map((step) => [checkpointName(step), step]));
  const names = ["initial.safetensors", ...stepsOf.keys(), "final.safetensors"];
  return withCheckpoint(path.join(folder, names[0]), (initial) =>
    withCheckpoint(path.join(folder, names[names.length - 1]), async (final) => {
      const points: { fromInitial: number | null; toFinal: number | null }[] = [];
      for (const name of names)
        points.push(
          await withCheckpoint(path.join(folder, name), async (weights) => ({
            fromInitial: (await compareCheckpoints(initial, weights)).distance,
            toFinal: (await compareCheckpoints(weights, final)).distance,
          })),
        );
      return {
        steps: [0, ...checkpoints, steps],
        fromInitial: points.map(({ fromInitial }) => fromInitial),
        toFinal: points.map(({ toFinal }) => toFinal),
      };
    }),
  );
}

async function withCheckpoint<Result>(
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
