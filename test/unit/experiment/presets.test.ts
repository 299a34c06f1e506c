import { expect, it } from "vitest";
import { plannedRuns } from "../../../src/experiment/plan";
import { presetExperiment, presetNames } from "../../../src/experiment/presets";
import { experimentSchema } from "../../../src/experiment/experiment";

it("asks for as many networks as the paper trained", () => {
  const runs = presetNames.map((name) =>
    plannedRuns(presetExperiment(name, { model: "tf-mnist", scale: "paper" })),
  );
  // Experiment 4 with fixed steps, as the paper's, and trained to fit beside it.
  expect(runs).toEqual([1000, 200, 5, 2 * 11]);
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
