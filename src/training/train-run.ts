import path from "node:path";
import { writeSafetensors } from "../checkpoint/write-safetensors";
import type { RunSeeds } from "../protocol/results";
import type { TrainingOutcome, TrainingSettings } from "../protocol/trainer";
import { epochChanges } from "./augmentation";
import { BatchReader, epochOrder } from "./batches";
import type { Dataset, LabelledImages, Labels } from "./datasets/dataset";
import type { Batch, TrainingEngine } from "./engines/engine";
import { learningRateAt } from "./learning-rate";
import { learningTask, type LearningTask } from "./learning-task";
import type { ModelDefinition } from "./models";
import { imageWriter, type ImageWriter } from "./preprocessing";
import { trainingData } from "./training-data";

/** Training images that the accuracy on them is told of. */
const judgedTrainingImages = 5000;
/** Test images that the accuracy is told of while a run trains. */
const judgedMeanwhile = 500;
/** Values of the images that are judged at once: 64 MiB. */
const judgedValues = 1 << 24;

export interface Progress {
  /** Epoch under way, from 1. */
  readonly epoch: number;
  /** Steps done, of all epochs. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
  /** Images of this step. */
  readonly images: number;
  /** After the last whole epoch, on the first few test images; null before. */
  readonly accuracy: number | null;
}

export interface RunTask {
  readonly model: ModelDefinition;
  readonly settings: TrainingSettings;
  readonly seeds: RunSeeds;
  readonly dataset: Dataset;
  /** Where initial.safetensors and final.safetensors are written. */
  readonly directory: string;
  /** Called after each step; the training waits for it, so it can pause. */
  readonly afterStep: (progress: Progress) => Promise<void> | void;
}

/** Trains one run from its initial weights to its last epoch; the last, smaller batch of an epoch is trained too. */
export async function trainRun(engine: TrainingEngine, task: RunTask): Promise<TrainingOutcome> {
  const { settings, dataset, directory } = task;
  const initial = engine.weights();
  await writeSafetensors(path.join(directory, "initial.safetensors"), initial);
  const data = trainingData(dataset, settings.labels, settings.trainingImages);
  const write = await imageWriter(settings.preprocessing, data.images.images);
  const judge = new EngineJudge(engine, learningTask(task.model), write);
  const { steps, epochLosses } = await trainSteps(engine, task, data.images, judge);
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

/** Every step of every epoch. The next batch is read while a step runs. */
async function trainSteps(
  engine: TrainingEngine,
  { settings, seeds, dataset, afterStep }: RunTask,
  images: LabelledImages,
  judge: EngineJudge,
): Promise<Pick<TrainingOutcome, "steps" | "epochLosses">> {
  const { batchSize, epochs, augmentation, learningRate, schedule } = settings;
  const reader = judge.reader(images);
  const count = images.images.count;
  const stepsPerEpoch = Math.ceil(count / batchSize);
  const steps = stepsPerEpoch * epochs;
  const epochOf = (epoch: number) => ({
    order: epochOrder(count, seeds.order, epoch),
    changes: augmentation ? epochChanges(count, augmentation, seeds.order, epoch) : null,
  });
  let drawn = epochOf(0);
  const gather = (step: number): Promise<Batch> => {
    const place = step % stepsPerEpoch;
    if (place === 0 && step > 0) drawn = epochOf(step / stepsPerEpoch);
    const [start, end] = [place * batchSize, (place + 1) * batchSize];
    const batch = reader.gather(drawn.order.subarray(start, end), drawn.changes?.slice(start, end));
    // It is awaited later: until then nobody else hears of its failure.
    batch.catch(() => undefined);
    return batch;
  };
  const epochLosses: (number | null)[] = [];
  let accuracy: number | null = null;
  let sum = 0;
  let next = gather(0);
  for (let step = 0; step < steps; step++) {
    const batch = await next;
    if (step + 1 < steps) next = gather(step + 1);
    const loss = await engine.step(
      batch,
      learningRateAt(step, learningRate, schedule, stepsPerEpoch),
    );
    sum += loss;
    const epoch = Math.floor(step / stepsPerEpoch) + 1;
    await afterStep({ epoch, step: step + 1, steps, loss, images: batch.rows, accuracy });
    if ((step + 1) % stepsPerEpoch > 0) continue;
    epochLosses.push(finite(sum / stepsPerEpoch));
    sum = 0;
    if (epoch < epochs)
      [accuracy] = await judge.scores(dataset.test, [dataset.test.labels], judgedMeanwhile);
  }
  return { steps, epochLosses };
}

/** Judges a network's outputs as they are now. */
class EngineJudge {
  constructor(
    private readonly engine: TrainingEngine,
    private readonly task: LearningTask,
    private readonly write: ImageWriter,
  ) {}

  reader(images: LabelledImages): BatchReader {
    return new BatchReader(images, this.task, this.write);
  }

  /** Scores of the first `limit` images by several sets of labels. */
  async scores(
    from: LabelledImages,
    labels: readonly Labels[],
    limit = Infinity,
  ): Promise<(number | null)[]> {
    const { count, shape } = from.images;
    const judged = Math.min(limit, count);
    const reader = this.reader(from);
    const judge = this.task.judge();
    const rows = Math.max(
      1,
      Math.min(1000, Math.floor(judgedValues / (shape[0] * shape[1] * shape[2]))),
    );
    for (let start = 0; start < judged; start += rows) {
      const length = Math.min(rows, judged - start);
      const images = await reader.inputs(Array.from({ length }, (_, i) => start + i));
      judge.add(await this.engine.evaluate(images, length), length);
    }
    return labels.map((one) => judge.score(one));
  }
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
