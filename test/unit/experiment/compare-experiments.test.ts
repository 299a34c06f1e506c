import { describe, expect, it } from "vitest";
import { paperValues } from "../../../src/catalogue/paper";
import { compareExperiments, paperRanking } from "../../../src/experiment/compare-experiments";
import { isBuiltIn, type ExperimentFile } from "../../../src/experiment/experiment";
import { resultsOfRuns } from "../../../src/experiment/results-of-runs";
import type { RunResult } from "../../../src/protocol/results";
import { measuredRuns } from "./measured-runs";

function loaded(experiment: ExperimentFile, change?: (run: RunResult) => Partial<RunResult>) {
  const runs = measuredRuns(experiment, change);
  const model = isBuiltIn(experiment.train) ? experiment.train.model : "";
  return {
    directory: model,
    experiment,
    results: resultsOfRuns(experiment, model, runs, null),
  };
}

describe("the paper's Table 3", () => {
  it("orders models as Table 2's means do", () => {
    const byMean = paperValues.toSorted((a, b) => a.distance.mean - b.distance.mean);
    expect(byMean.map(({ rank }) => rank.actual)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const expected = paperValues.map(({ rank }) => rank.expected).sort();
    expect(expected).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("agrees with what it expects by 0.64, p = 0.14", () => {
    const { rho, p, method } = paperRanking();
    expect(rho).toBeCloseTo(1 - (6 * 20) / (7 * 48), 12);
    expect(rho.toFixed(2)).toBe("0.64");
    expect(p.toFixed(2)).toBe("0.14");
    expect(method).toBe("exact");
  });

  it("has c_v that follows from mean and deviation", () => {
    for (const { distance } of paperValues)
      expect(Math.abs((100 * distance.std!) / distance.mean - distance.cvPercent!)).toBeLessThan(
        0.02,
      );
  });
});

describe("settings", () => {
  const base: ExperimentFile = { train: { model: "tf-cnn" }, runs: 5 };

  it("agree whatever the number of runs, seeds and checkpoints", () => {
    const other = { ...base, train: { ...base.train, checkpointEvery: 9 }, runs: 3, seed: 50 };
    expect(compareExperiments([loaded(base), loaded(other)])).toMatchObject({
      differences: [],
      varied: null,
      comparable: true,
      rankings: [],
    });
  });

  it("may differ in the one that is varied, and in no more", () => {
    const slower = { ...base, train: { ...base.train, learningRate: 0.001 } };
    expect(compareExperiments([loaded(base), loaded(slower)])).toMatchObject({
      differences: [{ setting: "train.learningRate", values: [0.01, 0.001] }],
      varied: "train.learningRate",
      comparable: true,
    });
    const both = { ...slower, train: { ...slower.train, epochs: 2 } };
    const found = compareExperiments([loaded(base), loaded(both), loaded(slower)]);
    expect(found).toMatchObject({ comparable: false, varied: null });
    expect(found.differences).toEqual([
      { setting: "train.epochs", values: [10, 2, 10] },
      { setting: "train.learningRate", values: [0.01, 0.001, 0.001] },
    ]);
  });

  it("are needed of two", () => {
    expect(() => compareExperiments([loaded(base)])).toThrow(RangeError);
  });
});

describe("models", () => {
  const runs = 3;
  const experiments = paperValues.map(({ model, distance, rank }) =>
    loaded({ train: { model }, runs }, () => ({
      distance: distance.mean,
      initialNorm: distance.mean / rank.expected,
      pathLength: null,
      sumSquaredSteps: distance.mean ** 2,
    })),
  );
  const found = compareExperiments(experiments);

  it("are ordered by distance under each normalisation", () => {
    expect(found.comparable).toBe(false);
    const [plain, relative, , path, walk] = found.rankings;
    expect(plain.order.map((at) => paperValues[at].rank.actual)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(plain.correlation).toEqual(found.paperRanking);
    // Made to follow the expected order: one of 7! orders, and its reverse.
    expect(relative.correlation?.rho).toBeCloseTo(1, 12);
    expect(relative.correlation?.p).toBeCloseTo(2 / 5040, 12);
    expect(found.experiments[0].distance["path-length"]).toBeNull();
    expect(path).toMatchObject({ order: [], correlation: null });
    // All alike: no order.
    expect(walk.correlation).toBeNull();
    expect(found.experiments[2].distance.parameters?.mean).toBeCloseTo(28.084 / 10, 12);
  });

  it("pay for the choice among normalisations", () => {
    const { tried, adjustedP } = found.selection;
    expect(tried).toBe(5);
    expect(adjustedP[1]).toBeCloseTo((3 * 2) / 5040, 12);
    expect(adjustedP[3]).toBeNull();
    expect(adjustedP[0]).toBeGreaterThanOrEqual(found.paperRanking.p);
  });
});
