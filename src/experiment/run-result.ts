import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { openCheckpoint } from "../checkpoint/open";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import type { Comparison } from "../protocol/comparison";
import type { RunResult, StateName } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import type { FinishedRun } from "./finished-runs";
import { runCurve } from "./run-curve";
import type { RunRecord } from "./run-record";

/** Losses of the last epochs that are kept: enough to tell whether they still fall. */
const lastLosses = 3;

/** File of a finished run's weights. */
export function stateFile(directory: ExperimentDirectory, key: string, state: StateName): string {
  return path.join(directory.runFolder(key), `${state}.safetensors`);
}

/** Measures how far a finished run moved, from its weight files. @throws CheckpointError on a file that is none */
export async function measureRun(
  directory: ExperimentDirectory,
  { place, record }: FinishedRun,
): Promise<RunResult> {
  const { key, labels, trainAccuracy } = record;
  const { weights, buffers } = await compareStates(directory, key);
  return {
    ...place,
    key,
    seeds: record.seeds,
    distance: weights.distance,
    relativeDistance: weights.relativeDistance,
    savedDistance: together(weights.distance, buffers.distance),
    initialNorm: weights.normA,
    initialSha256: await sha256Of(stateFile(directory, key, "initial")),
    pathLength: record.pathLength,
    sumSquaredSteps: record.sumSquaredSteps,
    testAccuracy: record.testAccuracy,
    trainAccuracy: trainAccuracy && { given: trainAccuracy.given, true: trainAccuracy.true },
    realisedRate: labels && labels.labels > 0 ? labels.changed / labels.labels : null,
    labelKinds: labels && labels.kinds.length,
    steps: record.steps,
    fitted: record.fitted,
    curve: record.checkpoints.length > 0 ? await runCurve(directory, record) : null,
    trainingLoss: record.epochLosses.at(-1) ?? null,
    losses: {
      first: record.epochLosses.at(0) ?? null,
      last: record.epochLosses.slice(-lastLosses),
    },
    tensors: weights.tensors.map((tensor) => tensorDistance(tensor, record)),
  };
}

function tensorDistance(
  { name, shape, distance, relativeDistance }: Comparison["tensors"][number],
  record: RunRecord,
): RunResult["tensors"][number] {
  const walked = record.tensors.find((tensor) => tensor.name === name);
  return {
    name,
    shape,
    distance,
    relativeDistance,
    pathLength: walked?.pathLength ?? null,
    sumSquaredSteps: walked?.sumSquaredSteps ?? null,
  };
}

/** Trainable weights and what is saved beside them, such as moving averages. */
async function compareStates(
  directory: ExperimentDirectory,
  key: string,
): Promise<{ readonly weights: Comparison; readonly buffers: Comparison }> {
  const initial = await openCheckpoint(stateFile(directory, key, "initial"));
  try {
    const final = await openCheckpoint(stateFile(directory, key, "final"));
    try {
      return {
        weights: await compareCheckpoints(initial, final),
        buffers: await compareCheckpoints(initial, final, { roles: ["buffer"] }),
      };
    } finally {
      await final.close();
    }
  } finally {
    await initial.close();
  }
}

/** The distance over two sets of tensors as one. */
function together(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return null;
  const both = Math.hypot(a, b);
  return Number.isFinite(both) ? both : null;
}

async function sha256Of(file: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest("hex");
}
