import path from "node:path";
import { writeSafetensors } from "../checkpoint/write-safetensors";
import type { TrainingOutcome } from "../protocol/trainer";
import { EngineJudge } from "./engine-judge";
import type { TrainingEngine } from "./engines/engine";
import { learningTask } from "./learning-task";
import { imageWriter } from "./preprocessing";
import type { RunTask } from "./run-task";
import { trainSteps } from "./train-steps";
import { trainingData } from "./training-data";

/** Training images that the accuracy on them is told of. */
const judgedTrainingImages = 5000;

/** Trains one run from its initial weights to its last epoch; the last, smaller batch of an epoch is trained too. */
export async function trainRun(engine: TrainingEngine, task: RunTask): Promise<TrainingOutcome> {
  const { settings, dataset, directory } = task;
  const initial = engine.weights();
  await writeSafetensors(path.join(directory, "initial.safetensors"), initial);
  const data = trainingData(dataset, settings.labels, settings.trainingImages);
  const write = await imageWriter(settings.preprocessing, data.images.images);
  const judge = new EngineJudge(engine, learningTask(task.model), write);
  const { steps, fitted, checkpoints, epochLosses } = await trainSteps(
    engine,
    task,
    data.images,
    stepsPerEpoch(task, data.images.images.count),
    judge,
  );
  await writeSafetensors(path.join(directory, "final.safetensors"), engine.weights());
  const { tensors, total } = engine.stepSums();
  const [testAccuracy] = await judge.scores(dataset.test, [dataset.test.labels]);
  const judged = Math.min(judgedTrainingImages, data.images.images.count);
  const [given, real] = await judge.scores(
    data.images,
    [data.images.labels, data.trueLabels],
    judged,
  );
  return {
    parameters: initial
      .filter(({ trainable }) => trainable)
      .reduce((sum, { values }) => sum + values.length, 0),
    steps,
    fitted,
    checkpoints,
    epochLosses,
    testAccuracy,
    trainAccuracy: { images: judged, given, true: real },
    labels: data.outcome,
    pathLength: finite(total.pathLength),
    sumSquaredSteps: finite(total.sumSquared),
    tensors: tensors.map(({ name, pathLength, sumSquared }) => ({
      name,
      shape: initial.find((tensor) => tensor.name === name)?.shape ?? [],
      pathLength: finite(pathLength),
      sumSquaredSteps: finite(sumSquared),
    })),
  };
}

/** Steps that an epoch of the settings has, for so many training images. */
function stepsPerEpoch({ settings, dataset }: RunTask, images: number): number {
  const { equalSteps, trainingImages, batchSize } = settings;
  const all = dataset.train.images.count;
  const counted = equalSteps ? Math.min(trainingImages ?? all, all) : images;
  return Math.ceil(counted / batchSize);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
