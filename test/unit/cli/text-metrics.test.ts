import { expect, it } from "vitest";
import { textReport } from "../../../src/cli/text-report";
import {
  generatedLevels,
  generatedResults,
  withMetrics,
} from "../../integration/webview/generated-results";

it("sets the user's own numbers into Table 2, and says how they go with the distance", () => {
  const text = textReport(withMetrics(generatedResults(5)));
  expect(text).toMatch(/^ +perplexity +5 +4\.\d\d\de−5 .*to/m);
  expect(text).toMatch(/^ +F1 score +4 +0\.5000 +0 +0 +0\.5000 to 0\.5000/m);
  expect(text).toMatch(/perplexity: rank correlation with the distance over all runs: 1\.00\./);
  expect(text).toMatch(/perplexity: on average \S+ at step 3 to 4\.\S+ at step 300\./);
  expect(text).toMatch(/F1 score: not told by 1 run: f1\.json: there is no such file\./);
});

it("lists them level by level where labels are varied", () => {
  const text = textReport(withMetrics(generatedLevels("labelCorruption")));
  expect(text.match(/^ +perplexity +\d+ %.*/gm)?.length).toBe(5);
});
