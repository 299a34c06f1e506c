import { describe, expect, it } from "vitest";
import { cloudOf } from "../../../webview/map/cloud";
import { curvesCsv, interceptsCsv, levelsCsv } from "../../../webview/results/levels/level-csv";
import { curvesData, interceptData, levelsOf } from "../../../webview/results/levels/level-figures";
import { someOf } from "../../../webview/results/nearest-states";
import { runFolder, runWords } from "../../../webview/results/run-words";
import { startsOf } from "../../../webview/results/starts";
import { tableTwoCells, tableTwoRows } from "../../../webview/results/table-two-rows";
import { generatedLevels, generatedResults } from "../../integration/webview/generated-results";

const results = generatedLevels("labelCorruption", ["steps", "fit"]);

describe("Figs. 6 and 7", () => {
  it("draw a curve for each level, from its intercept to 0", () => {
    const { series } = curvesData(levelsOf(results, "steps"));
    expect(series.map(({ name, shade }) => [name, shade])).toEqual([
      ["20 %", 0],
      ["40 %", 0.25],
      ["60 %", 0.5],
      ["80 %", 0.75],
      ["100 %", 1],
    ]);
    const [first] = series;
    expect(first.points[0].y).toBe(results.levels[0].distance!.mean);
    expect(first.points.at(-1)).toMatchObject({ x: 100, y: 0, deviation: 0 });
  });

  it("draw each run of one way to stop as a point that leads to it, about the means", () => {
    const { series, xText } = interceptData(results, "fit");
    const [means, dots] = series;
    expect(means.points).toHaveLength(5);
    expect(dots.points.map(({ run }) => run)).toEqual(Array.from({ length: 15 }, (_, i) => 15 + i));
    expect(dots.points[0].words.join()).toContain("18.0\u202f% really changed");
    expect(xText(0.1 + 0.2)).toBe("30 %");
  });

  it("leave out levels without curves and runs that diverged", () => {
    const levels = results.levels.map((level) => ({ ...level, curve: null, distance: null }));
    const runResults = results.runResults.map((run) => ({ ...run, distance: null }));
    expect(curvesData(levels).series).toEqual([]);
    const { series } = interceptData({ ...results, levels, runResults }, "steps");
    expect(series.map(({ points }) => points.length)).toEqual([0, 0]);
  });

  it("have their data as rows", () => {
    expect(curvesCsv(levelsOf(results, "steps")).split("\n")).toHaveLength(1 + 5 * 3 + 1);
    const rows = interceptsCsv(results, "fit").trim().split("\n");
    expect(rows).toHaveLength(16);
    expect(rows[1].split(",").slice(0, 5)).toEqual([
      "15",
      results.runResults[15].key,
      "0.2",
      "fit",
      "0",
    ]);
    const [head, first] = levelsCsv(results.levels).split("\n");
    expect(first.split(",")).toHaveLength(head.split(",").length);
  });

  it("tell a run and its folder", () => {
    const run = results.runResults[15];
    expect(runWords({ ...run, distance: 2.5 }, 2)).toBe(
      "run 15 · share of labels corrupted 20 % · trained until it fits · repeat 0 · distance 2.500",
    );
    expect(runFolder(run)).toBe(`runs/cc/${run.key}`);
  });
});

describe("Table 2", () => {
  const plain = generatedResults(4);

  it("has the paper's row as printed beside ours", () => {
    const rows = tableTwoRows(plain);
    expect(rows.map(({ name }) => name)).toEqual(["trainable weights", "paper, TF CNN Demo"]);
    expect(tableTwoCells(rows[1])).toEqual(["1,000", "4.026", "–", "0.053", "1.316"]);
  });

  it("adds readings that differ: moving averages, and converged runs alone", () => {
    const statistics = { ...plain.statistics!, mean: 8785 };
    const convergence = { ...plain.convergence, statistics: { ...statistics, count: 3 } };
    const rows = tableTwoRows({ ...plain, savedStatistics: statistics, convergence, paper: null });
    expect(rows.map(({ name }) => name)).toEqual([
      "trainable weights",
      "all that is saved, moving averages too",
      "converged runs only",
    ]);
  });
});

describe("Figs. 2 and 3", () => {
  it("join each final state to the scratch that it started from", () => {
    const plain = generatedResults(4);
    const map = plain.maps.find(({ states }) => states === "joint")!;
    const points = map.points.filter(({ run, state }) => state === "final" || run < 2);
    const runs = plain.runResults.map((run) => ({ ...run, initialSha256: String(run.run % 2) }));
    const { pairs } = cloudOf({ ...map, points }, startsOf(runs));
    expect([...pairs]).toEqual([0, 2, 1, 3, 0, 4, 1, 5]);
  });

  it("draw some of many states, from the nearest to the farthest", () => {
    const states = [5, 3, 4, 1, 2].map((distance, run) => ({ run, nearest: run, distance }));
    expect(someOf(states, 3).map(({ distance }) => distance)).toEqual([1, 3, 5]);
    expect(someOf(states, 8)).toHaveLength(5);
  });
});
