import { readFileSync } from "node:fs";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients of kernels.
import { beforeAll, expect, test } from "vitest";
import { detectionGrid } from "../../../../src/training/detection/detection-grid";
import { detectionLoss } from "../../../../src/training/detection/loss";
import { encodeTargets, targetDescriptions } from "../../../../src/training/detection/targets";
import { useCpuBackend } from "../../../../src/training/models/cpu-backend";

beforeAll(useCpuBackend);

interface Fixture {
  readonly inputSize: number;
  readonly kinds: number;
  readonly outputs: readonly (readonly number[])[];
  readonly boxes: readonly (readonly [number, number, number, number, number][])[];
  readonly loss: number;
  readonly gradients: readonly (readonly number[])[];
}

/** Darknet's loss, place by place in float64; see make.py. */
const fixture = JSON.parse(
  readFileSync(path.join(__dirname, "../../../fixtures/detection/loss.json"), "utf8"),
) as Fixture;

const grid = detectionGrid(fixture.kinds, fixture.inputSize);
const images = fixture.boxes.map((boxes) =>
  boxes.map(([x, y, width, height, kind]) => ({ x, y, width, height, kind, difficult: false })),
);
const rows = images.length;

/** Loss and gradients with respect to each output. */
function evaluate(outputs: readonly (readonly number[])[]) {
  const tensors = outputs.map((values, scale) => {
    const { cells } = grid.scales[scale];
    return tf.tensor([...values], [rows, cells, cells, 3 * (5 + fixture.kinds)]);
  });
  const encoded = encodeTargets(grid, images);
  const targets = targetDescriptions(grid).map(({ shape }, index) =>
    tf.tensor(encoded[index], [rows, ...shape]),
  );
  const { value, grads } = tf.valueAndGrads((...found: tf.Tensor[]) =>
    detectionLoss(grid, found, targets),
  )(tensors);
  return {
    loss: value.dataSync()[0],
    gradients: grads.map((gradient) => Array.from(gradient.dataSync())),
  };
}

// Float32: sums of some thousand terms, each right to 6e-8 of itself.
test("loss and gradient are Darknet's, with ignored places and two kinds in one place", () => {
  const { loss, gradients } = evaluate(fixture.outputs);
  expect(Math.abs(loss / fixture.loss - 1)).toBeLessThan(1e-5);
  gradients.forEach((gradient, scale) => {
    const wanted = fixture.gradients[scale];
    expect(gradient).toHaveLength(wanted.length);
    const error = gradient.reduce((most, x, i) => Math.max(most, Math.abs(x - wanted[i])), 0);
    expect(error).toBeLessThan(2e-6);
  });
});

test("logits far from 0 overflow nothing", () => {
  const far = fixture.outputs.map((values) => values.map((_, i) => (i % 2 ? 60 : -60)));
  const { loss, gradients } = evaluate(far);
  expect(loss).toBeGreaterThan(0);
  expect(Number.isFinite(loss)).toBe(true);
  expect(gradients.flat().every(Number.isFinite)).toBe(true);
});
