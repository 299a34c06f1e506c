import { expect, it } from "vitest";
import { textLabels } from "../../../src/cli/text-labels";
import type { Results, RunResult } from "../../../src/protocol/results";

const results = (...runs: Partial<RunResult>[]) => ({ runResults: runs }) as unknown as Results;

it("says how many labels changed and how right the network is by both", () => {
  const run = { realisedRate: 0.18, trainAccuracy: { given: 0.5, true: 0.6 } };
  const other = { realisedRate: 0.18, trainAccuracy: { given: 0.7, true: 0.8 } };
  expect(textLabels(results(run, other))).toBe(
    "Labels really changed: 18.00 %\n" +
      "Training images right by the labels given 60.00 %, by the true ones 70.00 %",
  );
  expect(textLabels(results(run, { ...run, realisedRate: 0.09 }))).toMatch(/9.00 % to 18.00 %/);
});

it("says nothing where no label changed", () => {
  expect(textLabels(results({ realisedRate: 0, trainAccuracy: null }))).toBe("");
  expect(textLabels(results({ realisedRate: null, trainAccuracy: null }))).toBe("");
});
