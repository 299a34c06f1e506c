import { expect, it } from "vitest";
import {
  trainingCsv,
  trainingFigures,
  trainingWords,
} from "../../../webview/results/training/training-figures";
import {
  generatedLevels,
  generatedResults,
  withMetrics,
} from "../../integration/webview/generated-results";

it("draws the distance beside each number that runs tell more than once", () => {
  const figures = trainingFigures(withMetrics(generatedResults(5)));
  expect(figures.map(({ name, curves }) => [name, curves.length])).toEqual([
    ["d(w_0, w_t)", 1],
    ["perplexity", 1],
  ]);
  expect(trainingWords(figures)).toBe("Mean over 5 runs and, shaded, the standard deviation.");
  const rows = trainingCsv(figures).trim().split("\n");
  expect(rows).toHaveLength(1 + 4 + 100);
  expect(rows[0]).toBe("quantity,level,step,runs,mean,std");
  expect(rows[1]).toBe('"d(w_0, w_t)",,0,5,0,0');
});

it("has a curve for each level where levels are varied, and nothing where Figs. 6 and 7 say all", () => {
  const levels = generatedLevels("labelCorruption");
  expect(trainingFigures(levels)).toEqual([]);
  const figures = trainingFigures(withMetrics(levels));
  expect(figures.map(({ curves }) => curves.map(({ shade }) => shade))).toEqual([
    [0, 0.25, 0.5, 0.75, 1],
    [0, 0.25, 0.5, 0.75, 1],
  ]);
  expect(trainingFigures(generatedResults(5))).toEqual([]);
});
