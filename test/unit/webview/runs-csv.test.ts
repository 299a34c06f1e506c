import { expect, it } from "vitest";
import { runsCsv } from "../../../webview/results/runs-csv";
import { generatedLevels } from "../../integration/webview/generated-results";

it("has a row for each run, with its seeds and the key of its folder", () => {
  const results = generatedLevels("labelCorruption", ["steps", "fit"]);
  const [head, first] = runsCsv(results)
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const cell = (name: string) => first[head.indexOf(name)];
  const [run] = results.runResults;
  expect(cell("key")).toBe(run.key);
  expect(Number(cell("distance"))).toBe(run.distance);
  expect(cell("seed_order")).toBe(String(run.seeds.order));
  expect(Number(cell("random_walk"))).toBeCloseTo(Math.sqrt(run.sumSquaredSteps!), 12);
});
