import { describe, expect, it } from "vitest";
import { textReport } from "../../../src/cli/text-report";
import { generatedLevels, generatedResults } from "../../integration/webview/generated-results";

describe("the report as text", () => {
  it("has Tables 1 and 2 with the paper's values, and Fig. 1's radii", () => {
    const text = textReport(generatedResults(4));
    expect(text).toMatch(/paper, TF CNN Demo +1,000 +4\.026 +0\.053 +1\.316/);
    expect(text).toMatch(/learning rate +0\.01 +0\.01/);
    expect(text).toMatch(/paper, initial .* 1\.280 ± 0\.007/);
    expect(text).toContain("It is not bits");
  });

  it("has the levels of Fig. 7 for both ways to stop, the trend and its warning", () => {
    const text = textReport(generatedLevels("labelCorruption", ["steps", "fit"]));
    expect(text).toMatch(/20 %, steps +3 /);
    expect(text).toMatch(/100 %, fit +3 /);
    expect(text).toContain("supports its second assumption");
    expect(text).toContain("supports its first assumption");
    expect(text).toContain("may only mean slower fitting");
    expect(text).not.toContain("Network");
  });
});
