import { describe, expect, it } from "vitest";
import { plan } from "../../../src/experiment/plan";

const train = { model: "mnist-dense" };

describe("plan", () => {
  it("gives each run its own seed, counted from the first", () => {
    const runs = plan({ train, runs: 3, seed: 7 });
    expect(runs.map(({ seeds }) => seeds)).toEqual(
      [7, 8, 9].map((seed) => ({ initialWeights: seed, order: seed, dropout: seed })),
    );
  });

  it("holds fixed the seeds that the file names", () => {
    const runs = plan({ train, runs: 2, seeds: { initialWeights: 5 } });
    expect(runs.map(({ seeds }) => seeds)).toEqual([
      { initialWeights: 5, order: 0, dropout: 0 },
      { initialWeights: 5, order: 1, dropout: 1 },
    ]);
  });

  it("takes Table 1's settings where the file has none", () => {
    expect(plan({ train: { ...train, epochs: 3 }, runs: 1 })[0]?.settings).toMatchObject({
      model: "mnist-dense",
      dataset: "mnist",
      trainingImages: null,
      epochs: 3,
      batchSize: 128,
      learningRate: 0.01,
      schedule: { name: "constant" },
      optimizer: { name: "sgd" },
      weightDecay: 0,
      preprocessing: "normalize",
      depth: null,
      width: 1,
      inputSize: null,
    });
  });

  it("gives one run one request, whether it names what the model has anyway or not", () => {
    const settings = (options: object) =>
      plan({ train: { model: "resnet", ...options }, runs: 1 })[0]?.settings;
    expect(settings({ depth: 50, width: 1, inputSize: 224 })).toEqual(settings({}));
    expect(settings({ depth: 18, inputSize: 64 })).toMatchObject({ depth: 18, inputSize: 64 });
  });
});
