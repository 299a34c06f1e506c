import { describe, expect, it } from "vitest";
import type { LevelResult } from "../../../../src/protocol/levels";
import type { Results, SampleStatistics } from "../../../../src/protocol/results";
import { scriptSummary, scriptTable } from "../../../../src/vscode/script/script-words";

const statistics = (mean: number, std: number | null): SampleStatistics => ({
  ...{ count: 5, mean, std, cvPercent: null, interval: null },
});
const level = (value: number, mean: number | null, stop: "steps" | "fit" = "steps") =>
  ({
    level: { setting: "labelCorruption", value },
    stop,
    runs: 5,
    distance: mean === null ? null : statistics(mean, 0.1),
    testAccuracy: statistics(0.9, null),
  }) as Partial<LevelResult> as LevelResult;
const results = (change: Partial<Results>) =>
  ({ statistics: null, accuracy: null, levels: [], runs: 5, ...change }) as Results;

describe("what is said of a script's results", () => {
  it("is the distance with its deviation, and the accuracy", () => {
    const found = results({
      statistics: statistics(1.3581, 0.0312),
      accuracy: statistics(0.971, null),
    });
    expect(scriptSummary(found)).toBe("distance 1.358 ± 0.031, accuracy 97.1 % (5 runs)");
    expect(scriptTable(found)).toContain("| all | 5 | 1.358 ± 0.031 | 97.1 % |");
    expect(scriptSummary(results({ statistics: statistics(1, null), runs: 1 }))).toBe(
      "distance 1.000 (1 run)",
    );
  });

  it("is the slope over levels, of those that stop alike", () => {
    const levels = [
      level(0, 5),
      level(0.5, 4),
      level(1, 3),
      level(0, 5, "fit"),
      level(1, 9, "fit"),
    ];
    const found = results({ levels, runs: 25 });
    expect(scriptSummary(found)).toBe(
      "distance 5.000 → 3.000 over label corruption 0 % → 100 %, slope −0.200 per 10 % (25 runs)",
    );
    expect(scriptTable(found).split("\n")).toHaveLength(2 + levels.length);
    expect(scriptTable(found)).toContain("| 100 %, to fit | 5 | 9.000 ± 0.10 | 90 % |");
  });

  it("is that nothing is finite where nothing is", () => {
    expect(scriptSummary(results({}))).toBe("no finite weights (5 runs)");
    expect(scriptSummary(results({ levels: [level(0, null), level(1, null)] }))).toMatch(/– → –/);
  });
});
