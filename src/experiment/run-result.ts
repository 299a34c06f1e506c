import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { compareCheckpoints } from "../distance/compare-checkpoints";
import type { Comparison } from "../protocol/comparison";
import type { RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import type { FinishedRun } from "./finished-runs";
import { keptResult } from "./kept-result";
import { runCurve, withCheckpoint } from "./run-curve";
import type { BuiltInRecord, CommandRecord, RunRecord } from "./run-record";
import { statesOfRun, type RunStates } from "./run-states";
import { weightsSha256 } from "./weights-hash";

/** Losses of the last epochs that are kept: enough to tell whether they still fall. */
const lastLosses = 3;

/**
 * Measures how far a finished run moved, from its weight files; of a run whose weights were removed since, what was
 * measured before.
 * @throws CheckpointError on a file that is none
 */
export async function measureRun(
  directory: ExperimentDirectory,
  { place, record }: FinishedRun,
): Promise<RunResult> {
  const { key, seeds } = record;
  const kept = await keptResult(directory, key);
  if (kept) return { ...kept, ...place };
  const states = statesOfRun(directory, record);
  const { weights, buffers } = await compareStates(states);
  const curve = states.steps.length > 0 ? await runCurve(states) : null;
  const told =
    record.format === "weight-odometer run 1"
      ? { ...toldByTrainer(record), initialSha256: await sha256Of(states.initial) }
      : {
          ...toldByCommand(record),
          initialSha256: await withCheckpoint(states.initial, weightsSha256),
          steps: curve?.steps.at(-1) ?? states.final.step,
        };
  // In the order of run-result-schema.ts: a result that went through a file is the same text.
  return {
    ...place,
    key,
    seeds,
    distance: weights.distance,
    relativeDistance: weights.relativeDistance,
    savedDistance: together(weights.distance, buffers.distance),
    initialNorm: weights.normA,
    initialSha256: told.initialSha256,
    pathLength: told.pathLength,
    sumSquaredSteps: told.sumSquaredSteps,
    testAccuracy: told.testAccuracy,
    trainAccuracy: told.trainAccuracy,
    realisedRate: told.realisedRate,
    labelKinds: told.labelKinds,
    steps: told.steps,
    fitted: told.fitted,
    curve,
    trainingLoss: told.trainingLoss,
    losses: told.losses,
    metrics: told.metrics,
    skipped: told.skipped,
    tensors: weights.tensors.map((tensor) => tensorDistance(tensor, record)),
  };
}

type Told = Pick<
  RunResult,
  | "pathLength"
  | "sumSquaredSteps"
  | "testAccuracy"
  | "trainAccuracy"
  | "realisedRate"
  | "labelKinds"
  | "fitted"
  | "trainingLoss"
  | "losses"
  | "metrics"
  | "skipped"
>;

function toldByTrainer(record: BuiltInRecord): Told & Pick<RunResult, "steps"> {
  const { labels, trainAccuracy } = record;
  return {
    pathLength: record.pathLength,
    sumSquaredSteps: record.sumSquaredSteps,
    testAccuracy: record.testAccuracy,
    trainAccuracy: trainAccuracy && { given: trainAccuracy.given, true: trainAccuracy.true },
    realisedRate: labels && labels.labels > 0 ? labels.changed / labels.labels : null,
    labelKinds: labels && labels.kinds.length,
    steps: record.steps,
    fitted: record.fitted,
    trainingLoss: record.epochLosses.at(-1) ?? null,
    losses: {
      first: record.epochLosses.at(0) ?? null,
      last: record.epochLosses.slice(-lastLosses),
    },
    metrics: {},
    skipped: null,
  };
}

function toldByCommand({ metrics, skipped }: CommandRecord): Told {
  return {
    pathLength: null,
    sumSquaredSteps: null,
    trainAccuracy: null,
    labelKinds: null,
    fitted: null,
    trainingLoss: null,
    losses: { first: null, last: [] },
    ...toldByMetrics(metrics),
    skipped: skipped.length === 0 ? null : { count: skipped.length, first: skipped[0] },
  };
}

/** A command tells what its metrics tell; two of their names have a meaning here. */
function toldByMetrics(
  metrics: RunResult["metrics"],
): Pick<RunResult, "testAccuracy" | "realisedRate" | "metrics"> {
  const share = (name: "testAccuracy" | "realisedRate") => {
    const value = metrics[name] ?? null;
    return value !== null && value >= 0 && value <= 1 ? value : null;
  };
  return { testAccuracy: share("testAccuracy"), realisedRate: share("realisedRate"), metrics };
}

/** A command's run with its metrics as they were read since; all else stays as it was measured. */
export function withMetrics(result: RunResult, metrics: RunResult["metrics"]): RunResult {
  return { ...result, ...toldByMetrics(metrics) };
}

function tensorDistance(
  { name, shape, distance, relativeDistance }: Comparison["tensors"][number],
  record: RunRecord,
): RunResult["tensors"][number] {
  const walked =
    record.format === "weight-odometer run 1"
      ? record.tensors.find((tensor) => tensor.name === name)
      : undefined;
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
async function compareStates({
  initial,
  final,
}: RunStates): Promise<{ readonly weights: Comparison; readonly buffers: Comparison }> {
  return withCheckpoint(initial, (first) =>
    withCheckpoint(final.file, async (last) => ({
      weights: await compareCheckpoints(first, last),
      buffers: await compareCheckpoints(first, last, { roles: ["buffer"] }),
    })),
  );
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
