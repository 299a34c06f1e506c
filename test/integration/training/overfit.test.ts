import { expect, test } from "vitest";
import { RandomStream } from "../../../src/random/stream";
import type { OptimizerSettings } from "../../../src/protocol/trainer";
import type { Batch } from "../../../src/training/engines/engine";
import { createOnnxEngine } from "../../../src/training/engines/onnx-engine";
import { modelDefinition, type ModelVariant } from "../../../src/training/models";

const count = 64;
const rows = 32;
const kinds = 5;

/** Images of 8 x 8 colour patches: those of their kind, and as much noise. */
function noisyImages(size: number): Batch {
  const random = new RandomStream("overfit", size);
  const patches = () => Float32Array.from({ length: 8 * 8 * 3 }, () => random.normal());
  const ofKinds = Array.from({ length: kinds }, patches);
  const labels = Int32Array.from({ length: count }, () => random.below(kinds));
  const images = Float32Array.from({ length: count * size * size * 3 });
  labels.forEach((kind, image) => {
    const noise = patches();
    const start = image * size * size * 3;
    for (let i = 0; i < size * size * 3; i++) {
      const [row, column] = [Math.floor(i / (3 * size)), Math.floor(i / 3) % size];
      const patch = Math.floor((row * 8) / size) * 8 + Math.floor((column * 8) / size);
      images[start + i] = ofKinds[kind][patch * 3 + (i % 3)] + noise[patch * 3 + (i % 3)];
    }
  });
  return { images, targets: [labels], rows: count };
}

/** Images told right, of all. */
function right(logits: Float32Array, labels: Float32Array | Int32Array): number {
  return Array.from(labels).filter((label, row) => {
    const own = logits.subarray(row * kinds, (row + 1) * kinds);
    return own.indexOf(Math.max(...own)) === label;
  }).length;
}

const momentum: OptimizerSettings = { name: "momentum", momentum: 0.9 };
const adam: OptimizerSettings = { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 };

test.each([
  ["googlenet", { width: 0.25, inputSize: 32 }, adam, 1e-3, 80],
  ["resnet", { width: 0.25, inputSize: 64, depth: 18 }, momentum, 0.05, 30],
  ["vgg", { width: 0.125, inputSize: 32 }, adam, 5e-4, 80],
  ["alexnet", { width: 0.125, inputSize: 67 }, adam, 1e-3, 60],
] as const)(
  "%s %j learns 64 noisy images by heart",
  async (id, variant: ModelVariant, optimizer, learningRate, epochs) => {
    const model = modelDefinition(id, { ...variant, labelKinds: kinds });
    const engine = await createOnnxEngine({
      model,
      initialWeights: 1,
      dropout: 1,
      optimizer,
      batchSize: rows,
    });
    const set = noisyImages(model.inputShape[0]);
    const size = set.images.length / count;
    const told: number[] = [];
    for (let epoch = 0; epoch < epochs && told.at(-1) !== count; epoch++) {
      for (let start = 0; start < count; start += rows)
        await engine.step(
          {
            images: set.images.subarray(start * size, (start + rows) * size),
            targets: [set.targets[0].subarray(start, start + rows)],
            rows,
          },
          learningRate,
        );
      const [logits] = await engine.evaluate(set.images, count);
      told.push(right(logits, set.targets[0]));
    }
    await engine.dispose();
    expect(told.at(-1)).toBe(count);
  },
  180_000,
);
