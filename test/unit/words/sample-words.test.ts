import { expect, it } from "vitest";
import { manyOwnStarts, sampleText, seedsText } from "../../../src/words/sample-words";
import { generatedLevels, generatedResults } from "../../integration/webview/generated-results";

const results = generatedResults(8);

it("tells how many runs, their seeds and what was counted", () => {
  expect(sampleText(results)).toBe(
    "N = 8 runs. Seeds of initial weights, order and dropout: 0 to 7. Counted: 122,570 trainable parameters.",
  );
  expect(sampleText(results, 3)).toMatch(/^N = 3 runs\. .*: 0 to 2\. /);
  const diverged = results.runResults.map((run) =>
    run.run === 0 ? { ...run, distance: null } : run,
  );
  expect(sampleText({ ...results, runResults: diverged })).toMatch(/^N = 7 runs\. .*: 1 to 7\. /);
});

it("tells seeds apart that are held fixed or varied", () => {
  const seeds = (initialWeights: number, order: number, dropout: number) => ({
    seeds: { initialWeights, order, dropout },
  });
  expect(seedsText([])).toBe("");
  expect(seedsText([seeds(0, 0, 0), seeds(0, 1, 1), seeds(1, 0, 0), seeds(1, 2, 2)])).toBe(
    "Seeds of initial weights: 0, 1; of order and dropout: 0 to 2.",
  );
  expect(seedsText([seeds(3, 9, 1), seeds(4, 9, 1)])).toBe(
    "Seeds of initial weights: 3, 4; of order: 9; of dropout: 1.",
  );
});

it("knows where random starts are many enough to be a ball or a sphere", () => {
  expect(manyOwnStarts(results)).toBe(true);
  expect(manyOwnStarts(generatedResults(7))).toBe(false);
  expect(manyOwnStarts(generatedLevels("labelFraction"))).toBe(false);
});
