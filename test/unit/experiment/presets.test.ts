import { expect, it } from "vitest";
import { plan, plannedRuns } from "../../../src/experiment/plan";
import { presetExperiment, presetNames } from "../../../src/experiment/presets";
import { experimentSchema } from "../../../src/experiment/experiment";
import { builtIn } from "../../support/built-in";

it("asks for as many networks as the paper trained", () => {
  const runs = presetNames.map((name) =>
    plannedRuns(presetExperiment(name, { model: "tf-mnist", scale: "paper" })),
  );
  // Experiment 4 with fixed steps, as the paper's, and trained to fit beside it.
  expect(runs).toEqual([1000, 200, 5, 2 * 11, 1000]);
});

it("makes experiment files that pass their own checks", () => {
  for (const name of presetNames) {
    const file = presetExperiment(name, { model: "tf-mnist", runs: 3, epochs: 2, seed: 1 });
    expect(experimentSchema.safeParse(JSON.parse(JSON.stringify(file)))).toMatchObject({
      success: true,
      data: { train: { epochs: 2 }, seed: 1, runs: 3 },
    });
  }
});

it("knows no other model", () => {
  expect(() => presetExperiment("experiment-1", { model: "perceptron" })).toThrow(RangeError);
});

it("gives curves to Experiments 3 and 4, and those that are to fit the time for it", () => {
  expect(presetExperiment("experiment-3", { model: "tf-cnn" }).train).toMatchObject({
    equalSteps: true,
    checkpointEvery: "auto",
  });
  const file = presetExperiment("experiment-4", { model: "tf-cnn", epochs: 3, runs: 1 });
  expect(file.train).toMatchObject({ stop: "both", checkpointEvery: "auto", fitEpochs: 300 });
  const settings = plan(file).map(({ settings }) => {
    const { stop, epochs } = builtIn(settings);
    return `${stop} ${epochs}`;
  });
  expect(new Set(settings)).toEqual(new Set(["steps 3", "fit 300"]));
  // Of 1,000 images 6,400 epochs of 8 steps are 51,200 steps; wholly random labels took 25,432.
  expect(
    presetExperiment("experiment-4", { model: "mnist-dense", trainingImages: 1000 }).train,
  ).toMatchObject({ fitEpochs: 6400 });
  expect(
    presetExperiment("experiment-3", { model: "tf-cnn", checkpointEvery: 9 }).train,
  ).toMatchObject({ checkpointEvery: 9 });
});

it("takes all ten digits where label fractions of two would mean nothing", () => {
  const fractions = presetExperiment("experiment-3", { model: "tf-mnist" });
  expect(fractions.name).toContain("with ten classes");
  expect(fractions.train.dataset).toBe("mnist");
  const chosen = presetExperiment("experiment-3", { model: "tf-mnist", dataset: "fashion-mnist" });
  expect([chosen.train.dataset, chosen.name]).toEqual([
    "fashion-mnist",
    expect.not.stringContaining("ten classes"),
  ]);
  expect(presetExperiment("experiment-4", { model: "tf-mnist" }).train.dataset).toBeUndefined();
});
