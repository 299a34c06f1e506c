import path from "node:path";
import { openCheckpoint } from "../checkpoint/open";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import type { Comparison } from "../protocol/comparison";
import type { RunResult, StateName } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import type { FinishedRun } from "./finished-runs";
import { runCurve } from "./run-curve";

/** File of a finished run's weights. */
export function stateFile(directory: ExperimentDirectory, key: string, state: StateName): string {
  return path.join(directory.runFolder(key), `${state}.safetensors`);
}

/** Measures how far a finished run moved, from its weight files. @throws CheckpointError on a file that is none */
export async function measureRun(
  directory: ExperimentDirectory,
  { place, record }: FinishedRun,
): Promise<RunResult> {
  const { key, seeds, labels, trainAccuracy } = record;
  const { distance, relativeDistance, tensors } = await compareStates(directory, key);
  return {
    ...place,
    key,
    seeds,
    distance,
    relativeDistance,
    pathLength: record.pathLength,
    sumSquaredSteps: record.sumSquaredSteps,
    testAccuracy: record.testAccuracy,
    trainAccuracy: trainAccuracy && { given: trainAccuracy.given, true: trainAccuracy.true },
    realisedRate: labels && labels.labels > 0 ? labels.changed / labels.labels : null,
    steps: record.steps,
    fitted: record.fitted,
    curve: record.checkpoints.length > 0 ? await runCurve(directory, record) : null,
    trainingLoss: record.epochLosses.at(-1) ?? null,
    tensors: tensors.map((tensor) => {
      const walked = record.tensors.find(({ name }) => name === tensor.name);
      return {
        name: tensor.name,
        shape: tensor.shape,
        distance: tensor.distance,
        relativeDistance: tensor.relativeDistance,
        pathLength: walked?.pathLength ?? null,
        sumSquaredSteps: walked?.sumSquaredSteps ?? null,
      };
    }),
  };
}

async function compareStates(directory: ExperimentDirectory, key: string): Promise<Comparison> {
  const initial = await openCheckpoint(stateFile(directory, key, "initial"));
  try {
    const final = await openCheckpoint(stateFile(directory, key, "final"));
    try {
      return await compareCheckpoints(initial, final);
    } finally {
      await final.close();
    }
  } finally {
    await initial.close();
  }
}
