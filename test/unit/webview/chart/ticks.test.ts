import { describe, expect, it } from "vitest";
import { linePath } from "../../../../webview/ui/chart/line-path";
import { tickText, ticks } from "../../../../webview/ui/chart/ticks";

describe("ticks", () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 1.7, 5, [0, 0.5, 1, 1.5]],
    [100, 900, 4, [200, 400, 600, 800]],
    [3, 3, 5, [3]],
  ])("from %d to %d, about %d", (from, to, about, expected) => {
    expect(ticks(from, to, about)).toEqual(expected);
  });

  it("are as short as they can be told apart", () => {
    expect([0, 0.2, 1200, 2e-5, 3e8].map(tickText)).toEqual(["0", "0.2", "1,200", "2e−5", "3e8"]);
  });
});

it("draws a gap where a value is missing", () => {
  expect(linePath([[0, 1], [2, 3], null, [4, 5]])).toBe("M0.0 1.0L2.0 3.0M4.0 5.0");
});
