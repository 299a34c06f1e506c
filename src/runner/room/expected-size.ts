import { stat } from "node:fs/promises";
import path from "node:path";
import { findDataset } from "../../catalogue/datasets";
import { findModel } from "../../catalogue/models";
import type { CommandTraining } from "../../experiment/command/command-schema";
import { isBuiltIn, type BuiltInTraining, type ExperimentFile } from "../../experiment/experiment";
import { plan } from "../../experiment/plan";
import { automaticIntervals } from "../../protocol/checkpoint-intervals";
import type { RunSettings } from "../../protocol/run";
import type { TrainingSettings } from "../../protocol/trainer";
import type { RunSize } from "./run-size";

const bytesOfNumber = 4;

/**
 * Room that one run of an experiment will take, by what is known before any is finished: of a built-in model its
 * weights times the checkpoints that its settings ask for, at most; of a command the checkpoint that its words name as a
 * file to begin with, twice, at least. Null where neither is known.
 * @param weightBytes of a checkpoint, where what trains has told
 */
export async function expectedSize(
  experiment: ExperimentFile,
  weightBytes: number | null,
): Promise<RunSize | null> {
  const { train } = experiment;
  if (!isBuiltIn(train)) {
    const named = await namedWeights(train);
    return named === null ? null : { stays: 2 * named, along: 0 };
  }
  const bytes = weightBytes ?? catalogueBytes(train);
  if (bytes === null) return null;
  // Both ways to stop: the longer run's checkpoints.
  const settings = new Set(plan(experiment).map((run) => run.settings));
  const along = Math.max(...Array.from(settings, (one) => checkpointsAlong(one, bytes)));
  return { stays: 2 * bytes, along: along * bytes };
}

/** Weights of a model as the catalogue has it; null of another depth, width or input size. */
function catalogueBytes(train: BuiltInTraining): number | null {
  const { model, depth, width, inputSize } = train;
  const changed = [depth, width, inputSize].some((option) => option !== undefined);
  return changed ? null : bytesOfNumber * (findModel(model)?.parameters ?? 0);
}

/** Checkpoints along a run, at most; 0 where nobody knows how many images there are. */
function checkpointsAlong(settings: RunSettings, bytes: number): number {
  if (settings.kind === "command" || settings.checkpointEvery === null) return 0;
  if (settings.checkpointEvery !== "auto")
    return Math.max(0, Math.ceil(mostSteps(settings) / settings.checkpointEvery) - 1);
  // Where its end is open there may be twice as many for a while.
  return automaticIntervals(bytes) * (settings.stop === "fit" ? 2 : 1);
}

function mostSteps({ dataset, trainingImages, epochs, batchSize }: TrainingSettings): number {
  const published = findDataset(dataset)?.images?.train;
  const images = Math.min(trainingImages ?? Infinity, published ?? Infinity);
  return Number.isFinite(images) ? epochs * Math.ceil(images / batchSize) : 0;
}

const ofWeights = /\.(safetensors|pt|pth|ckpt|bin|h5|hdf5|keras|npz|npy|onnx|msgpack)$/i;

/** Bytes of the largest checkpoint that a command's words, parameters or variables name; null where none does. */
async function namedWeights(train: CommandTraining): Promise<number | null> {
  const { command = [], environment = {}, parameters = {}, workingDirectory = "." } = train;
  const words = [...command, ...Object.values(environment), ...Object.values(parameters)]
    .map(String)
    // Also of --init=weights.pt.
    .flatMap((word) => [word, word.slice(word.indexOf("=") + 1)])
    .filter((word) => ofWeights.test(word) && !word.includes("${"));
  const sizes = await Promise.all(
    words.map((word) =>
      stat(path.resolve(workingDirectory, word)).then(
        (entry) => (entry.isFile() ? entry.size : 0),
        () => 0,
      ),
    ),
  );
  const largest = Math.max(0, ...sizes);
  return largest > 0 ? largest : null;
}
