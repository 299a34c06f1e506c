import { expect, test } from "vitest";
import { RandomStream } from "../../../src/random/stream";
import type { Batch, NamedTensor } from "../../../src/training/engines/engine";
import { createOnnxEngine } from "../../../src/training/engines/onnx-engine";
import { models } from "../../../src/catalogue/models";
import { lower } from "../../../src/training/compiler/lower";
import { plainLayout } from "../../../src/training/compiler/lower/plain-layout";
import { rewrite } from "../../../src/training/compiler/rewrite";
import { traceTrainingStep } from "../../../src/training/compiler/step";
import { createTfjsEngine } from "../../../src/training/engines/tfjs-engine";
import {
  modelDefinition,
  type ModelDefinition,
  type ModelVariant,
} from "../../../src/training/models";

/** Four images of noise with labels, or with boxes. */
function noise(model: ModelDefinition, seed: number): Batch {
  const rows = 4;
  const random = new RandomStream("whole step", model.id, seed);
  const size = model.inputShape.reduce((product, length) => product * length, rows);
  const images = Float32Array.from({ length: size }, () => random.normal());
  const targets = model.exampleTargets?.(rows, random) ?? [
    Int32Array.from({ length: rows }, () => random.below(Math.max(2, model.outputs))),
  ];
  return { rows, images, targets };
}

/** How far each tensor's change from `before` is from the expected at most, over that change's norm. */
function largestError(
  before: readonly NamedTensor[],
  found: readonly NamedTensor[],
  expected: readonly NamedTensor[],
): number {
  const errors = expected.map(({ name, values }, tensor) => {
    let [apart, moved] = [0, 0];
    values.forEach((value, i) => {
      apart += (found[tensor].values[i] - value) ** 2;
      moved += (value - before[tensor].values[i]) ** 2;
    });
    expect(moved, name).toBeGreaterThan(0);
    return Math.sqrt(apart / moved);
  });
  return Math.max(...errors);
}

const variants: readonly (readonly [string, ModelVariant])[] = [
  ["mnist-dense", {}],
  ["tf-mnist", { width: 0.25 }],
  ["tf-mnist", { width: 0.25, labelKinds: 10 }],
  ["tf-cnn", {}],
  ["googlenet", { width: 1 / 8, inputSize: 80 }],
  ["resnet", { width: 1 / 8, inputSize: 64 }],
  ["resnet", { width: 1 / 8, inputSize: 64, depth: 18 }],
  ["vgg", { width: 1 / 16, inputSize: 64 }],
  ["alexnet", { width: 1 / 8, inputSize: 99 }],
  ["yolo-v3", { width: 1 / 8, inputSize: 64, labelKinds: 4 }],
];

/*
 * Both compute in float32 and sum in another order: changes agree to some 1e-6 of themselves, and to some 1e-4 behind
 * dozens of layers of batch norm over a few pixels, each of which divides by a deviation and magnifies what came before.
 * There a ReLU near 0 may open for one of the two alone and move gradients by percents, so that one of three draws must
 * agree. A wrong lowering is off by as much as the tensor moves, every time.
 */
const tolerance = 1e-3;
const draws = 3;

/** Takes a step on both engines; tells how far apart their changes are. */
async function differenceOf(model: ModelDefinition, seed: number): Promise<number> {
  const options = { model, initialWeights: seed, dropout: 5, batchSize: 4 };
  const [compiled, eager] = [await createOnnxEngine(options), await createTfjsEngine(options)];
  try {
    const before = eager.weights();
    const batch = noise(model, seed);
    const losses = [await compiled.step(batch, 0.05), await eager.step(batch, 0.05)];
    expect(Math.abs(losses[0] / losses[1] - 1)).toBeLessThan(1e-4);
    const error = largestError(before, compiled.weights(), eager.weights());
    if (error >= tolerance) return error;
    const outputs = await compiled.evaluate(batch.images, batch.rows);
    (await eager.evaluate(batch.images, batch.rows)).forEach((values, output) => {
      const most = values.reduce((size, value) => Math.max(size, Math.abs(value)), 0);
      values.forEach((value, i) => {
        expect(Math.abs(outputs[output][i] - value)).toBeLessThan(tolerance * most);
      });
    });
    return error;
  } finally {
    await compiled.dispose();
    await eager.dispose();
  }
}

test.each(variants)("one compiled step of %s %j is that of eager tfjs", async (id, variant) => {
  const errors: number[] = [];
  while (errors.length < draws && !errors.some((error) => error < tolerance))
    errors.push(await differenceOf(modelDefinition(id, variant), errors.length));
  expect(Math.min(...errors)).toBeLessThan(tolerance);
});

test.each(
  models.flatMap(({ id, inputSizes: { least, step } }) => [
    [id, least] as const,
    [id, least + step] as const,
  ]),
)("%s can be compiled for images of %i pixels", (id, inputSize) => {
  const model = modelDefinition(id, { inputSize, width: 1 / 8 });
  expect(lower(rewrite(traceTrainingStep(model, 2)), plainLayout).length).toBeGreaterThan(0);
});
