import { describe, expect, it } from "vitest";
import { stopsTogether, trendMeaning, trendTest } from "../../../src/words/trend-words";
import { generatedLevels } from "../../integration/webview/generated-results";

const fractions = generatedLevels("labelFraction");
const corruption = generatedLevels("labelCorruption", ["steps", "fit"]);
const [steps, fit] = corruption.trends;
const { runResults } = corruption;

describe("what a trend means", () => {
  it("compares label fractions with Fig. 6", () => {
    const [trend] = fractions.trends;
    expect(trendMeaning(trend, [])).toContain("farther the weights move, as in the paper's Fig. 6");
    expect(trendMeaning({ ...trend, verdict: "falling" }, [])).toContain("opposite");
    expect(trendMeaning({ ...trend, verdict: "none" }, [])).toContain(
      "neither confirms nor refutes",
    );
  });

  it("names the assumption that label corruption supports, for each way to stop", () => {
    expect(trendMeaning(steps, runResults)).toMatch(
      /less far .* as in the paper's Fig. 7.* second assumption/,
    );
    expect(trendMeaning(fit, runResults)).toMatch(
      /farther .* the paper did not train so.* first assumption/,
    );
    const against = { ...steps, verdict: "rising", supports: "more-complex" } as const;
    expect(trendMeaning(against, runResults)).toContain("against the paper's Fig. 7");
  });

  it("says where no assumption is supported, and how weak one repeat is", () => {
    const none = { ...steps, verdict: "none", supports: null, weak: true } as const;
    expect(trendMeaning(none, runResults)).toMatch(
      /neither of .* assumptions.* One repeat is weak/,
    );
  });

  it("does not call runs fitted that were not", () => {
    const short = runResults.map((run) => ({
      ...run,
      fitted: run.run === 20 ? false : run.fitted,
    }));
    expect(trendMeaning(fit, short)).toContain(
      "Trained until it fits (1 run did not within the epochs)",
    );
    expect(trendMeaning(fit, runResults)).toContain("Trained until it fits, the weights");
  });

  it("supports nothing where most runs did not fit", () => {
    expect(trendMeaning({ ...fit, supports: null }, runResults)).toMatch(
      /farther .* most runs did not fit.* no assumption is supported/,
    );
    expect(stopsTogether([steps, { ...fit, supports: null }])).toBe("");
  });

  it("says whether converged runs alone tell the same", () => {
    expect(trendMeaning({ ...fit, converged: { ...fit, repeats: 2 } }, runResults)).toMatch(
      /Repeats that converged at every level say the same\.$/,
    );
    const none = { ...fit, verdict: "none" } as const;
    expect(trendMeaning({ ...fit, converged: none }, runResults)).toMatch(
      /at every level alone, there is no trend beyond chance\.$/,
    );
    const untested = { ...none, repeats: 0, rising: null, falling: null, spearman: null };
    expect(trendMeaning({ ...fit, converged: untested }, runResults)).toContain(
      "No repeat converged at every level",
    );
    expect(trendTest({ ...fit, converged: untested })).toBe(trendTest(fit));
  });

  it("says what opposite outcomes mean together", () => {
    expect(stopsTogether([steps, fit])).toContain("opposite assumptions");
    expect(stopsTogether([steps])).toBe("");
    expect(stopsTogether([{ ...steps, supports: "more-complex" }, fit])).toBe("");
  });
});

it("tells the test with its units and both directions", () => {
  expect(trendTest(steps)).toBe(
    "Page's trend test over 5 levels, 3 repeats as units (exact, one-sided): rising p = 1.00, falling p < 0.001; rank correlation of the means ρ = −1.0.",
  );
  expect(trendTest({ ...steps, converged: { ...steps, repeats: 2 } })).toMatch(
    /Of the 2 repeats that converged at every level: rising p = 1.00, falling p < 0.001\.$/,
  );
  expect(trendTest({ ...steps, weak: true })).toMatch(/^One repeat over 5 levels/);
  expect(trendTest({ ...steps, rising: null, falling: null })).toMatch(/^No trend is tested/);
});
