import { describe, expect, it } from "vitest";
import { compareExperiments } from "../../../src/experiment/compare-experiments";
import type { ExperimentFile } from "../../../src/experiment/experiment";
import { resultsOfRuns } from "../../../src/experiment/results-of-runs";
import { differencesText, rankingSentences } from "../../../src/words/experiment-comparison-words";
import { measuredRuns } from "../experiment/measured-runs";

const loaded = (model: string, learningRate = 0.01, levels?: ExperimentFile["levels"]) => {
  const experiment: ExperimentFile = {
    train: { model, learningRate },
    runs: 2,
    ...(levels && { levels }),
  };
  return {
    directory: model,
    experiment,
    results: resultsOfRuns(experiment, model, measuredRuns(experiment), null),
  };
};

describe("what is said of compared experiments", () => {
  it("names the one setting that differs, or says that there are several", () => {
    const one = compareExperiments([loaded("tf-cnn"), loaded("tf-cnn", 0.1)]);
    expect(differencesText(one)).toBe("All settings agree but train.learningRate: 0.01 | 0.1.");
    expect(rankingSentences(one)).toEqual([]);
    const many = compareExperiments([loaded("tf-cnn"), loaded("tf-mnist", 0.1)]);
    expect(differencesText(many)).toMatch(/differ in \d+ settings, .* no single cause:$/);
  });

  it("says how little few models can show, and that choosing is selection", () => {
    const three = compareExperiments(["tf-cnn", "tf-mnist", "vgg"].map((model) => loaded(model)));
    const said = rankingSentences(three).join(" ");
    expect(said).toContain("ρ = 0.64, p = 0.14");
    // Two of 3! orders are perfect.
    expect(said).toContain("the smallest p that there can be is 0.33");
    expect(said).toContain("is selection: only Holm's p, over all 5");
  });

  it("does not count models that have no distance of their own", () => {
    const models = ["tf-cnn", "tf-mnist", "vgg"].map((model) => loaded(model));
    const varied = loaded("alexnet", 0.01, { labelFraction: [0.2, 1] });
    const said = rankingSentences(compareExperiments([...models, varied])).join(" ");
    expect(said).toContain("With 3 models of Table 3 ");
  });
});
