import { execFileSync } from "node:child_process";
import path from "node:path";
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, test } from "vitest";
import type { OptimizerSettings } from "../../../../../src/protocol/trainer";
import { RandomStream } from "../../../../../src/random/stream";
import { eagerOptimizer } from "../../../../../src/training/engines/eager-optimizer";
import type { NamedTensor } from "../../../../../src/training/engines/engine";

import { kernelBytes } from "../../../../../src/training/engines/update/kernel-bytes";
import { WeightMemory } from "../../../../../src/training/engines/update/weight-memory";
import { useCpuBackend } from "../../../../../src/training/models/cpu-backend";

beforeAll(useCpuBackend);

const shapes: readonly (readonly number[])[] = [[7, 9], [5], [3, 3, 2, 4], [1]];

const optimizers: Record<string, OptimizerSettings> = {
  sgd: { name: "sgd" },
  momentum: { name: "momentum", momentum: 0.9 },
  "Nesterov momentum": { name: "momentum", momentum: 0.8, nesterov: true },
  adam: { name: "adam", beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
};

function noise(random: RandomStream, shape: readonly number[]): Float32Array {
  return Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => random.normal());
}

describe.each(Object.entries(optimizers))("%s", (_, optimizer) => {
  test.each([0, 0.01])("is tfjs's own, with weight decay %d", (weightDecay) => {
    const random = new RandomStream("update");
    const tensors: NamedTensor[] = shapes.map((shape, i) => ({
      name: `weight-${i}`,
      shape,
      values: noise(random, shape),
      trainable: true,
    }));
    const memory = new WeightMemory(tensors, optimizer, weightDecay);
    const weights = tensors.map(({ name, shape, values }) => ({
      name,
      variable: tf.variable(tf.tensor(values, [...shape])),
    }));
    const network = {
      weights,
      buffers: [],
      dropouts: [],
      apply: () => [],
      dispose: () => undefined,
    };
    const eager = eagerOptimizer(optimizer, weightDecay, network);
    for (let step = 0; step < 12; step++) {
      const rate = 0.1 / (1 + step); // The rate may change with each step.
      const before = memory.weights.map((values) => values.slice());
      const gradients = shapes.map((shape) => noise(random, shape));
      memory.gradients.forEach((values, i) => {
        values.set(gradients[i]);
      });
      const squares = memory.update(rate);
      eager.apply(
        Object.fromEntries(
          weights.map(({ variable }, i) => [
            variable.name,
            tf.tensor(gradients[i], [...shapes[i]]),
          ]),
        ),
        rate,
      );
      weights.forEach(({ variable }, i) => {
        const expected = variable.dataSync();
        memory.weights[i].forEach((value, j) => {
          expect(Math.abs(value - expected[j])).toBeLessThan(2e-6 * (1 + Math.abs(expected[j])));
        });
        const change = memory.weights[i].reduce(
          (sum, value, j) => sum + (value - before[i][j]) ** 2,
          0,
        );
        expect(squares[i] / change).toBeCloseTo(1, 12);
      });
    }
    eager.dispose();
  });
});

test("the kernel's bytes are those of its source", () => {
  const script = path.join(__dirname, "../../../../../scripts/lib/compile-inline-kernel.mjs");
  const compiled = execFileSync(
    process.execPath,
    [script, "src/training/engines/update", "--print"],
    {
      encoding: "utf8",
    },
  );
  expect(compiled === kernelBytes).toBe(true);
}, 60_000);
