import { describe, expect, it } from "vitest";
import { plan, plannedRuns } from "../../../src/experiment/plan";
import { builtIn } from "../../support/built-in";

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

  it("gives every level the same seeds, level by level", () => {
    const runs = plan({ train, runs: 2, seed: 4, levels: { labelFraction: [0.2, 1] } });
    expect(runs.map(({ run, repeat }) => [run, repeat])).toEqual([
      [0, 0],
      [1, 1],
      [2, 0],
      [3, 1],
    ]);
    expect(runs.map(({ settings }) => settings.labels.fraction)).toEqual([0.2, 0.2, 1, 1]);
    expect(runs.map(({ seeds }) => seeds.order)).toEqual([4, 5, 4, 5]);
  });

  it("varies label corruption, with fixed steps and trained to fit", () => {
    const experiment = {
      train: { ...train, stop: "both" as const },
      runs: 1,
      levels: { labelCorruption: [0, 0.5], kind: "uniform" as const },
    };
    const runs = plan(experiment);
    expect(
      runs.map(({ settings }) => [builtIn(settings).stop, settings.labels.corruption]),
    ).toEqual(
      (["steps", "fit"] as const).flatMap((stop) =>
        [0, 0.5].map((rate) => [stop, { kind: "uniform", rate }]),
      ),
    );
    expect(plannedRuns(experiment)).toBe(4);
  });

  it("varies initial weights alone", () => {
    const runs = plan({ train, runs: 2, levels: { initialWeights: [8, 9] } });
    expect(runs.map(({ seeds }) => [seeds.initialWeights, seeds.order])).toEqual([
      [8, 0],
      [8, 1],
      [9, 0],
      [9, 1],
    ]);
  });
});
