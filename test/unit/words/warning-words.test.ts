import { expect, it } from "vitest";
import { checkText, unconvergedRuns } from "../../../src/words/check-words";
import { warningsOf } from "../../../src/words/warning-words";
import { generatedResults } from "../../integration/webview/generated-results";

const results = generatedResults(4);
const [{ engine: own }] = results.engines;
const engine = own.name === "command" ? expect.fail("trained by a model") : own;

it("tells the warnings of a figure alone, those of these runs before those of all", () => {
  const warnings = [
    { code: "ordinal", figures: ["table-2"] },
    { code: "diverged", figures: ["table-2", "fig-6"], runs: 1 },
    { code: "permutable-units", figures: ["fig-1"] },
  ] as const;
  const said = warningsOf({ ...results, warnings }, ["table-2"]);
  expect(said.cautions).toEqual([
    "1 run diverged (its weights are no longer finite) and is left out.",
  ]);
  expect(said.notes).toEqual([expect.stringContaining("It is not bits")]);
  expect(warningsOf({ ...results, warnings }, ["fig-5"])).toEqual({ cautions: [], notes: [] });
});

it("names engines, levels and failed checks", () => {
  const said = (code: string, extra: object = {}) =>
    warningsOf(
      {
        engines: [
          { engine, runs: 7 },
          { engine: { ...engine, kernelLevel: "avx512" }, runs: 3 },
        ],
        checks: [{ check: "equal-steps", holds: false, runs: 9, broken: [4, 5] }],
        warnings: [{ code, figures: ["fig-7"], ...extra } as (typeof results.warnings)[number]],
      },
      ["fig-7"],
    ).cautions.join();
  expect(said("mixed-engines")).toContain("7 by onnxruntime 1 (avx2), 3 by onnxruntime 1 (avx512)");
  expect(said("realised-rate", { levels: [0.5, 1] })).toContain("At 50 %, 100 %");
  expect(said("skipped", { runs: 2, example: "step-x.pt: no number" })).toContain(
    "of 2 runs were passed over, such as step-x.pt: no number.",
  );
  expect(said("check-failed")).toContain("1 check of the runs does not hold");
});

it("lists broken checks and unconverged runs by reason", () => {
  expect(checkText({ check: "equal-steps", holds: false, runs: 9, broken: [4, 5] })).toContain(
    "Does not hold: runs 4, 5.",
  );
  const criterion = { fallShare: 0.02, riseShare: 0.1, farthest: 10 };
  const unconverged = [
    { run: 2, why: "rising" },
    { run: 5, why: "diverged" },
    { run: 7, why: "rising" },
  ] as const;
  expect(unconvergedRuns({ criterion, unconverged, statistics: null })).toEqual([
    { why: "diverged: weights no longer finite", runs: [5] },
    { why: "loss rising", runs: [2, 7] },
  ]);
});
