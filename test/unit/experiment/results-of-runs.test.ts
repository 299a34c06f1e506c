import { describe, expect, it } from "vitest";
import type { ExperimentFile } from "../../../src/experiment/experiment";
import { reportJson } from "../../../src/experiment/report-json";
import { resultsOfRuns } from "../../../src/experiment/results-of-runs";
import type { RunResult } from "../../../src/protocol/results";
import { settingLines } from "../../../src/words/settings-words";
import { measuredRuns } from "./measured-runs";

const train = { model: "tf-cnn" };
const corruption: ExperimentFile = {
  train: { ...train, stop: "both" as const },
  runs: 3,
  levels: { labelCorruption: [1, 0, 0.5], kind: "shuffle" },
};
const fractions: ExperimentFile = { train, runs: 2, levels: { labelFraction: [0.1, 0.5, 1] } };

function resultsOf(experiment: ExperimentFile, change?: (run: RunResult) => Partial<RunResult>) {
  return resultsOfRuns(experiment, "test", measuredRuns(experiment, change), null);
}

const codes = (results: ReturnType<typeof resultsOf>) => results.warnings.map(({ code }) => code);

/** Falls with corruption at fixed steps, rises where trained to fit; repeats differ a little. */
const asSeen = ({ level, stop, repeat }: RunResult) => ({
  distance: 5 + (stop === "steps" ? -1 : 1) * level!.value + repeat / 100,
});

describe("Table 2", () => {
  it("has mean, deviation and the interval of the mean, over trainable weights and over all that is saved", () => {
    const experiment: ExperimentFile = { train, runs: 5 };
    const { statistics, savedStatistics, varied, paper } = resultsOf(experiment, ({ run }) => ({
      distance: 4 + run / 10,
      savedDistance: 40 + run,
    }));
    expect(varied).toBeNull();
    expect(statistics).toMatchObject({ count: 5, mean: 4.2 });
    // Student's t of four degrees: 2.776.
    const reach = (2.7764451 * statistics!.std!) / Math.sqrt(5);
    expect(statistics!.interval!.low).toBeCloseTo(4.2 - reach, 6);
    expect(statistics!.interval!.high).toBeCloseTo(4.2 + reach, 6);
    expect(savedStatistics!.mean).toBe(42);
    expect(paper).toMatchObject({ title: "TF CNN Demo", distance: { mean: 4.026 } });
  });

  it("is not made over unlike levels", () => {
    expect(resultsOf(corruption)).toMatchObject({ statistics: null, tensorStatistics: [] });
    const scratches: ExperimentFile = { train, runs: 2, levels: { initialWeights: [0, 1] } };
    expect(resultsOf(scratches).statistics?.count).toBe(4);
  });

  it("warns where moving averages are what moved", () => {
    const changed = resultsOf({ train, runs: 5 }, () => ({ savedDistance: 9000 }));
    expect(changed.warnings).toContainEqual({
      code: "moving-averages",
      figures: ["table-2", "table-3"],
    });
    expect(codes(resultsOf({ train, runs: 5 }))).toEqual([
      "ordinal",
      "configuration",
      "permutable-units",
      "small-cv",
    ]);
  });
});

describe("Table 1", () => {
  const said = (experiment: ExperimentFile) =>
    Object.fromEntries(settingLines(resultsOf(experiment)).map(([name, ours]) => [name, ours]));

  it("has what settings cannot say of runs that differ: the kind of corruption, and how long runs may take to fit", () => {
    const both = {
      ...corruption,
      train: { model: "tf-cnn", stop: "both" as const, fitEpochs: 700 },
    };
    expect(said(both)).toMatchObject({
      epochs: "10",
      "epochs, where trained until it fits": "700 at most",
      "label corruption": "varied, shuffle",
    });
    expect(said({ train: { model: "tf-cnn", stop: "fit" }, runs: 1 })).toMatchObject({
      epochs: "10 at most, until it fits",
      "label corruption": "none",
    });
  });
});

describe("levels", () => {
  it("come by way to stop, each in the experiment's order, and print with their setting's name", () => {
    const results = resultsOf(corruption, asSeen);
    expect(results.levels.map(({ level, stop }) => `${stop} ${level.value}`)).toEqual(
      ["steps", "fit"].flatMap((stop) => [1, 0, 0.5].map((rate) => `${stop} ${rate}`)),
    );
    const [first, second] = reportJson(results).levels;
    expect(first).toMatchObject({ labelCorruption: 1, stop: "steps", runs: 3, realisedRate: 1 });
    expect(first.distance).toBeCloseTo(4.01, 12);
    expect(first.std).toBeCloseTo(0.01, 12);
    expect(second).toMatchObject({ labelCorruption: 0, realisedRate: 0 });
    expect("level" in first).toBe(false);
    expect(reportJson(resultsOf(fractions)).levels[0]).toMatchObject({ labelFraction: 0.1 });
  });

  it("leave out what diverged, and tell distances with and without what did not converge", () => {
    const { levels, convergence, diverged } = resultsOf(fractions, ({ run }) => {
      if (run === 0) return { distance: null, losses: { first: 2, last: [null] } };
      return run === 2 ? { distance: 3, losses: { first: 2, last: [0.9, 0.7, 0.6] } } : {};
    });
    expect(diverged).toBe(1);
    expect(levels[0]).toMatchObject({ runs: 2, diverged: 1, unconverged: 1 });
    expect(levels[0].distance?.count).toBe(1);
    expect(levels[1]).toMatchObject({ runs: 2, diverged: 0, unconverged: 1 });
    expect([levels[1].distance?.mean, levels[1].convergedDistance?.mean]).toEqual([2, 1]);
    expect(convergence.unconverged).toEqual([
      { run: 0, why: "diverged" },
      { run: 2, why: "still-falling" },
    ]);
  });
});

describe("convergence", () => {
  const why = (change: Partial<RunResult>) =>
    resultsOf({ train, runs: 1 }, () => change).convergence.unconverged[0]?.why ?? null;

  it("is judged by the last losses against the first", () => {
    expect(why({ losses: { first: 2, last: [0.52, 0.51, 0.5] } })).toBeNull();
    expect(why({ losses: { first: 2, last: [0.55, 0.55, 0.5] } })).toBe("still-falling");
    expect(why({ losses: { first: 2, last: [0.5, 0.6, 0.75] } })).toBe("rising");
    expect(why({ losses: { first: 2, last: [2] } })).toBeNull();
    expect(why({ losses: { first: 2, last: [0.5, null] } })).toBe("diverged");
    expect(why({ fitted: false })).toBe("not-fitted");
    // Thrown far away in the first epoch by too high a rate, dead since: its loss no longer changes.
    expect(why({ relativeDistance: 180, losses: { first: 281, last: [2.33, 2.34, 2.33] } })).toBe(
      "exploded",
    );
    expect(why({ fitted: true, losses: { first: 2, last: [0.5, 0.2, 0.1] } })).toBeNull();
  });

  it("leaves statistics of the rest", () => {
    const { convergence, statistics } = resultsOf({ train, runs: 4 }, ({ run }) =>
      run === 3 ? { distance: 9, losses: { first: 2, last: [1, 0.5] } } : {},
    );
    expect(statistics?.mean).toBe(3);
    expect(convergence.statistics).toMatchObject({ count: 3, mean: 1 });
  });
});

describe("trends", () => {
  it("support one assumption at fixed steps and the other where trained to fit", () => {
    const [steps, fit] = resultsOf(corruption, asSeen).trends;
    expect(steps).toMatchObject({
      figure: "fig-7",
      stop: "steps",
      expected: "falling",
      expectedByPaper: true,
      levels: [0, 0.5, 1],
      repeats: 3,
      verdict: "falling",
      supports: "conflicting",
      weak: false,
      spearman: { rho: -1 },
      converged: null,
    });
    // All three repeats in one order of six: 1 / 6³.
    expect(steps.falling?.p).toBeCloseTo(1 / 216, 12);
    expect(fit).toMatchObject({
      expected: "rising",
      expectedByPaper: false,
      verdict: "rising",
      supports: "more-complex",
    });
  });

  it("support nothing where most runs that were to fit did not", () => {
    const [steps, fit] = resultsOf(corruption, (run) => ({
      ...asSeen(run),
      ...(run.stop === "fit" && run.level!.value > 0 && { fitted: false }),
    })).trends;
    expect(steps.supports).toBe("conflicting");
    expect(fit).toMatchObject({ verdict: "rising", supports: null });
  });

  it("are tested again of the repeats that converged", () => {
    const [, fit] = resultsOf(corruption, (run) => ({
      ...asSeen(run),
      ...(run.stop === "fit" && run.repeat === 1 && run.level!.value === 1 && { fitted: false }),
    })).trends;
    expect(fit).toMatchObject({ repeats: 3, verdict: "rising" });
    // Both repeats in one order of six: 1 / 6².
    expect(fit.converged).toMatchObject({ repeats: 2, verdict: "none", spearman: { rho: 1 } });
    expect(fit.converged?.rising?.p).toBeCloseTo(1 / 36, 12);
  });

  it("take whole repeats alone, and are weak with one", () => {
    const [trend] = resultsOf(fractions, ({ repeat, level }) => ({
      distance: repeat === 0 && level!.value === 1 ? null : level!.value,
    })).trends;
    expect(trend).toMatchObject({ figure: "fig-6", repeats: 1, incompleteRepeats: 1, weak: true });
    expect(trend).toMatchObject({ verdict: "none", supports: null, expected: "rising" });
    expect(trend.rising?.p).toBeCloseTo(1 / 6, 12);
  });

  it("are none where nothing or only the scratch is varied", () => {
    expect(resultsOf({ train, runs: 3 }).trends).toEqual([]);
    expect(resultsOf({ train, runs: 2, levels: { initialWeights: [0, 1] } }).trends).toEqual([]);
  });
});

describe("checks", () => {
  const failing = (change: (run: RunResult) => Partial<RunResult>) =>
    resultsOf(fractions, change).checks.filter(({ holds }) => !holds);

  it("hold of runs that are as planned", () => {
    expect(resultsOf(fractions).checks).toEqual(
      ["shared-initial-weights", "own-initial-weights", "paired-seeds", "equal-steps"].map(
        (check) => ({ check, holds: true, runs: 6, broken: [] }),
      ),
    );
  });

  it("do not say that scratches of different seeds are the same", () => {
    const scratches: ExperimentFile = { train, runs: 2, levels: { initialWeights: [0, 1] } };
    const names = resultsOf(scratches).checks.map(({ check }) => check);
    expect(names).toContain("paired-order");
    expect(names).not.toContain("paired-seeds");
  });

  it("fail where weights are not shared, or shared by others, where seeds or steps differ", () => {
    expect(failing(({ run }) => (run === 4 ? { initialSha256: "f".repeat(64) } : {}))).toEqual([
      { check: "shared-initial-weights", holds: false, runs: 6, broken: [4] },
    ]);
    expect(failing(() => ({ initialSha256: "f".repeat(64) }))).toMatchObject([
      { check: "own-initial-weights", broken: [1, 3, 5] },
    ]);
    expect(
      failing(({ run, seeds }) => (run === 2 ? { seeds: { ...seeds, order: 77 } } : {})),
    ).toMatchObject([{ check: "paired-seeds", broken: [2] }]);
    expect(failing(({ level }) => ({ steps: 100 * level!.value }))).toMatchObject([
      { check: "equal-steps", broken: [2, 3, 4, 5] },
    ]);
  });

  it("do not ask equal steps of runs that stop when they fit", () => {
    const { checks } = resultsOf(corruption, ({ stop, run }) =>
      stop === "fit" ? { steps: 100 + run } : {},
    );
    expect(checks.every(({ holds }) => holds)).toBe(true);
  });
});

describe("warnings", () => {
  it("tell of checkpoints that were passed over", () => {
    const first = { file: "step-x.npz", reason: "no number in its name tells its step" };
    const { warnings } = resultsOf({ train, runs: 5 }, ({ run }) =>
      run > 2 ? { skipped: { count: 2, first } } : {},
    );
    expect(warnings).toContainEqual({
      code: "skipped",
      figures: ["table-2"],
      runs: 2,
      example: "step-x.npz: no number in its name tells its step",
    });
  });

  it("belong to the figures that an experiment has", () => {
    const { warnings } = resultsOf(fractions);
    expect(warnings).toContainEqual({ code: "one-class", figures: ["fig-6"], levels: [0.1] });
    expect(warnings).toContainEqual({ code: "few-repeats", figures: ["fig-6"], runs: 2 });
    expect(warnings.every(({ figures }) => figures.every((figure) => figure === "fig-6"))).toBe(
      true,
    );
  });

  it("tell corruption that changed less than it chose, and what did not fit", () => {
    const results = resultsOf(corruption, ({ level, stop, run }) => ({
      realisedRate: 0.9 * level!.value,
      fitted: stop === "fit" ? run % 9 !== 0 : null,
      steps: stop === "fit" ? 10 * (run + 1) : 100,
    }));
    expect(results.warnings).toContainEqual({
      code: "realised-rate",
      figures: ["fig-7"],
      levels: [1, 0.5],
    });
    expect(results.warnings).toContainEqual({ code: "not-fitted", figures: ["fig-7"], runs: 1 });
    expect(codes(results)).toContain("steps-not-fit");
    expect(codes(results)).not.toContain("unconverged");
  });

  it("tell runs that are missing, diverged, or from mixed machines", () => {
    const experiment: ExperimentFile = { train, runs: 6 };
    const runs = measuredRuns(experiment, ({ run }) => (run === 0 ? { distance: null } : {}));
    const mixed = runs.slice(0, 5).map((run, i) => ({ ...run, origin: i % 2 ? "one" : "two" }));
    const found = codes(resultsOfRuns(experiment, "test", mixed, null));
    for (const code of ["incomplete", "diverged", "mixed-engines"] as const)
      expect(found).toContain(code);
    expect(found).not.toContain("few-repeats");
  });
});
