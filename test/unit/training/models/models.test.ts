import { expect, test } from "vitest";
import { findModel } from "../../../../src/catalogue/models";
import { modelDefinition } from "../../../../src/training/models";
import { initialState } from "../../../../src/training/models/initial-weights";

const shapes: Record<string, readonly (readonly [string, readonly number[]])[]> = {
  "mnist-dense": [
    ["dense/kernel", [784, 128]],
    ["dense/bias", [128]],
    ["dense_1/kernel", [128, 10]],
    ["dense_1/bias", [10]],
  ],
  "tf-cnn": [
    ["conv2d/kernel", [3, 3, 3, 32]],
    ["conv2d/bias", [32]],
    ["conv2d_1/kernel", [3, 3, 32, 64]],
    ["conv2d_1/bias", [64]],
    ["conv2d_2/kernel", [3, 3, 64, 64]],
    ["conv2d_2/bias", [64]],
    ["dense/kernel", [1024, 64]],
    ["dense/bias", [64]],
    ["dense_1/kernel", [64, 10]],
    ["dense_1/bias", [10]],
  ],
  "tf-mnist": [
    ["conv2d/kernel", [3, 3, 1, 32]],
    ["conv2d/bias", [32]],
    ["conv2d_1/kernel", [3, 3, 32, 64]],
    ["conv2d_1/bias", [64]],
    ["dense/kernel", [9216, 128]],
    ["dense/bias", [128]],
    ["dense_1/kernel", [128, 1]],
    ["dense_1/bias", [1]],
  ],
};

test.each(Object.keys(shapes))("%s has Keras's weights, initialised as Keras does", (id) => {
  const { parameters } = findModel(id)!;
  for (let build = 0; build < 2; build++) {
    const { weights } = initialState(modelDefinition(id), 5);
    // The second time as well: names do not depend on what was built before.
    expect(weights.map(({ name, shape }) => [name, shape])).toEqual(shapes[id]);
    expect(weights.reduce((sum, { values }) => sum + values.length, 0)).toBe(parameters);
    for (const { name, shape, values } of weights) {
      if (name.endsWith("bias")) {
        expect(values.every((value) => value === 0)).toBe(true);
        continue;
      }
      const area = shape.slice(0, -2).reduce((product, size) => product * size, 1);
      const fans = area * (shape[shape.length - 2] + shape[shape.length - 1]);
      const limit = Math.sqrt(6 / fans);
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      expect(largest).toBeLessThanOrEqual(Math.fround(limit));
      expect(largest).toBeGreaterThan(limit * (values.length > 200 ? 0.97 : 0.9));
      const variance = values.reduce((sum, value) => sum + value ** 2, 0) / values.length;
      expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, values.length > 50000 ? 1 : 0);
    }
  }
});

test("initial weights follow the seed, and layers of one shape differ", () => {
  const model = modelDefinition("tf-cnn");
  const [a, same, other] = [1, 1, 2].map((seed) => initialState(model, seed).weights);
  expect(a).toEqual(same);
  expect(a[0].values).not.toEqual(other[0].values);
  const first = (name: string) => a.find((tensor) => tensor.name === name)!.values[0];
  expect(first("conv2d_1/kernel") / first("conv2d_2/kernel")).not.toBeCloseTo(
    Math.sqrt(128 / 96),
    3,
  );
});

test("dropout sites are those of the model", () => {
  const sites = ["mnist-dense", "tf-mnist", "tf-cnn"].map(
    (id) => initialState(modelDefinition(id), 0).dropouts,
  );
  expect(sites).toEqual([
    [{ rate: 0.2, shape: [128] }],
    [
      { rate: 0.25, shape: [12, 12, 64] },
      { rate: 0.5, shape: [128] },
    ],
    [],
  ]);
});

test("an unknown model is refused by name", () => {
  expect(() => modelDefinition("resnet-9000")).toThrow('There is no model "resnet-9000".');
});
