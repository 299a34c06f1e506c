import { expect, test } from "vitest";
import { createOnnxEngine } from "../../../../src/training/engines/onnx-engine";
import { createTfjsEngine } from "../../../../src/training/engines/tfjs-engine";

const options = { model: "mnist-dense", initialWeights: 1, dropout: 2 };
const batch = {
  images: Float32Array.from({ length: 128 * 784 }, (_, i) => ((i * 7919) % 256) / 255),
  targets: [Int32Array.from({ length: 128 }, (_, i) => i % 10)],
  rows: 128,
};

test("compiled steps of mnist-dense agree with eager tfjs", async () => {
  const compiled = await createOnnxEngine(options);
  const eager = await createTfjsEngine(options);
  for (let i = 0; i < 3; i++)
    expect(await compiled.step(batch, 0.01)).toBeCloseTo(await eager.step(batch, 0.01), 5);
  const expected = eager.weights();
  expect(expected.map(({ name, shape }) => [name, shape])).toEqual([
    ["dense/kernel", [784, 128]],
    ["dense/bias", [128]],
    ["dense_1/kernel", [128, 10]],
    ["dense_1/bias", [10]],
  ]);
  compiled.weights().forEach(({ name, values }, i) => {
    expect(name).toBe(expected[i].name);
    const error = values.reduce(
      (most, value, j) => Math.max(most, Math.abs(value - expected[i].values[j])),
      0,
    );
    expect(error).toBeLessThan(1e-6);
  });
  const sums = [compiled.stepSums().total, eager.stepSums().total];
  expect(sums[0].pathLength / sums[1].pathLength).toBeCloseTo(1, 6);
  expect(sums[0].sumSquared / sums[1].sumSquared).toBeCloseTo(1, 6);
});
