import path from "node:path";
import { findModel } from "../catalogue/models";
import { writeSafetensors } from "../checkpoint/write-safetensors";
import type { RunSeeds } from "../protocol/results";
import type { TrainingOutcome, TrainingSettings } from "../protocol/trainer";
import { epochOrder, gatherBatch } from "./batches";
import type { Dataset, LabelledImages } from "./datasets/dataset";
import type { TrainingEngine } from "./engines/engine";

export interface Progress {
  /** Epoch under way, from 1. */
  readonly epoch: number;
  /** Steps done, of all epochs. */
  readonly step: number;
  readonly steps: number;
  readonly loss: number;
}

export interface RunTask {
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
  const { settings, seeds, dataset, directory, afterStep } = task;
  const initial = engine.weights();
  await writeSafetensors(path.join(directory, "initial.safetensors"), initial);
  const count = Math.min(settings.trainingImages ?? dataset.train.count, dataset.train.count);
  const stepsPerEpoch = Math.ceil(count / settings.batchSize);
  const steps = stepsPerEpoch * settings.epochs;
  const epochLosses: (number | null)[] = [];
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    const order = epochOrder(count, seeds.order, epoch);
    let sum = 0;
    for (let i = 0; i < stepsPerEpoch; i++) {
      const batch = gatherBatch(
        dataset.train,
        order.subarray(i * settings.batchSize, (i + 1) * settings.batchSize),
      );
      const loss = await engine.step(batch, settings.learningRate);
      sum += loss;
      await afterStep({ epoch: epoch + 1, step: epoch * stepsPerEpoch + i + 1, steps, loss });
    }
    epochLosses.push(finite(sum / stepsPerEpoch));
  }
  await writeSafetensors(path.join(directory, "final.safetensors"), engine.weights());
  const { tensors, total } = engine.stepSums();
  return {
    parameters: initial
      .filter(({ trainable }) => trainable)
      .reduce((sum, { values }) => sum + values.length, 0),
    steps,
    epochLosses,
    testAccuracy: await accuracy(engine, settings.model, dataset.test),
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

/** Share of images whose label the network tells, 0 to 1. */
async function accuracy(
  engine: TrainingEngine,
  model: string,
  images: LabelledImages,
): Promise<number> {
  const outputs = findModel(model)?.outputs ?? 1;
  const rows = 1000;
  let right = 0;
  for (let start = 0; start < images.count; start += rows) {
    const indices = Array.from(
      { length: Math.min(rows, images.count - start) },
      (_, i) => start + i,
    );
    const batch = gatherBatch(images, indices);
    const [logits] = await engine.evaluate(batch.images, batch.rows);
    for (let row = 0; row < batch.rows; row++)
      if (
        predicted(logits.subarray(row * outputs, (row + 1) * outputs)) ===
        images.labels[start + row]
      )
        right++;
  }
  return right / images.count;
}

/** Class of one image: the largest logit, or for a single one whether it is positive. */
function predicted(logits: Float32Array): number {
  return logits.length === 1 ? Number(logits[0] > 0) : logits.indexOf(Math.max(...logits));
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
