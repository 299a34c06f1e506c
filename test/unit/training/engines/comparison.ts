import { RandomStream } from "../../../../src/random/stream";
import type { Batch, NamedTensor, TrainingEngine } from "../../../../src/training/engines/engine";
import { createOnnxEngine } from "../../../../src/training/engines/onnx-engine";
import { createTfjsEngine } from "../../../../src/training/engines/tfjs-engine";
import {
  type ModelDefinition,
  type Stack,
  stackedClassifier,
} from "../../../../src/training/models";

/** A model that only a test has. */
export function testModel(
  inputShape: readonly [number, number, number],
  outputs: number,
  stack: Stack,
): ModelDefinition {
  return stackedClassifier({ id: "test", inputShape, outputs, batchSize: 2 }, stack);
}

/** A batch of noise; with `levels`, of so many different values only, so that maxima tie. */
export function noise(model: ModelDefinition, rows: number, seed: number, levels = 0): Batch {
  const random = new RandomStream("noise", seed);
  const size = model.inputShape.reduce((product, length) => product * length, rows);
  return {
    rows,
    images: Float32Array.from({ length: size }, () =>
      levels === 0 ? random.normal() : random.below(levels) / levels,
    ),
    targets: [Int32Array.from({ length: rows }, () => random.below(Math.max(2, model.outputs)))],
  };
}

/** Largest difference between two lists of weights. */
export function largestDifference(a: readonly NamedTensor[], b: readonly NamedTensor[]): number {
  return a.reduce(
    (most, { values }, i) =>
      values.reduce((m, value, j) => Math.max(m, Math.abs(value - b[i].values[j])), most),
    0,
  );
}

/** L2 distance between two lists of weights. */
export function distance(a: readonly NamedTensor[], b: readonly NamedTensor[]): number {
  const squared = a.map(({ values }, i) =>
    values.reduce((sum, value, j) => sum + (value - b[i].values[j]) ** 2, 0),
  );
  return Math.sqrt(squared.reduce((sum, value) => sum + value, 0));
}

/** A compiled and an eager engine with the same seeds. */
export async function enginePair(
  model: string | ModelDefinition,
  lowering: "auto" | "plain",
): Promise<{ compiled: TrainingEngine; eager: TrainingEngine }> {
  const options = { model, initialWeights: 11, dropout: 12, lowering };
  return { compiled: await createOnnxEngine(options), eager: await createTfjsEngine(options) };
}
