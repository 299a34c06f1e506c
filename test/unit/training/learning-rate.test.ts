import { expect, test } from "vitest";
import type { LearningRateSchedule } from "../../../src/protocol/trainer";
import { findModel } from "../../../src/catalogue/models";
import { learningRateAt } from "../../../src/training/learning-rate";

const at = (schedule: LearningRateSchedule, steps: readonly number[], stepsPerEpoch = 10) =>
  steps.map((step) => learningRateAt(step, 0.01, schedule, stepsPerEpoch));

test("a constant rate stays", () => {
  expect(at({ name: "constant" }, [0, 1, 1e9])).toEqual([0.01, 0.01, 0.01]);
});

test("an exponential decay falls in stairs or with each step, as tf.train.exponential_decay", () => {
  const schedule = { name: "exponential", factor: 0.94, every: 2, unit: "epochs" } as const;
  expect(at({ ...schedule, staircase: true }, [0, 19, 20, 39, 40])).toEqual([
    0.01,
    0.01,
    0.01 * 0.94,
    0.01 * 0.94,
    0.01 * 0.94 ** 2,
  ]);
  const smooth = at({ ...schedule, staircase: false }, [0, 5, 20, 30]);
  [0, 0.25, 1, 1.5].forEach((times, i) => {
    expect(smooth[i]).toBeCloseTo(0.01 * 0.94 ** times, 15);
  });
  const bySteps = { ...schedule, unit: "steps", staircase: true } as const;
  expect(at(bySteps, [1, 2, 5], 1000)).toEqual([0.01, 0.01 * 0.94, 0.01 * 0.94 ** 2]);
});

test("a stepped rate falls once each time is over", () => {
  const schedule = { name: "step", factor: 0.1, at: [30, 1.5], unit: "epochs" } as const;
  expect(at(schedule, [0, 14, 15, 299, 300])).toEqual([
    0.01,
    0.01,
    0.01 * 0.1,
    0.01 * 0.1,
    0.01 * 0.1 ** 2,
  ]);
  expect(at({ ...schedule, unit: "steps" }, [1, 2, 30])).toEqual([0.01, 0.001, 0.01 * 0.1 ** 2]);
});

test("Table 1's ResNet ends its 40 epochs at 0.94^19 of where it began", () => {
  const { schedule, learningRate, epochs } = findModel("resnet")!;
  const last = learningRateAt(epochs * 92 - 1, learningRate, schedule, 92);
  expect(last).toBeCloseTo(0.01 * 0.94 ** 19, 12);
});
