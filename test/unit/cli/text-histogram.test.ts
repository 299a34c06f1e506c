import { expect, it } from "vitest";
import { textHistogram } from "../../../src/cli/text-histogram";

it("sums bins into ten rows that hold every value once", () => {
  const counts = Array.from({ length: 50 }, (_, bin) => bin);
  const lines = textHistogram({ from: -1, to: 1, counts }).split("\n");
  expect(lines).toHaveLength(10);
  expect(lines[0]).toBe("  -1.000 to -0.800  ## 10");
  expect(lines[9]).toBe(`   0.800 to  1.000  ${"#".repeat(40)} 235`);
  const sums = lines.map((line) => Number(line.split(" ").at(-1)));
  expect(sums.reduce((a, b) => a + b)).toBe((49 * 50) / 2);
});

it("draws equal values, whose histogram has no width", () => {
  expect(
    textHistogram({ from: 0.5, to: 0.5, counts: [3, ...Array<number>(49).fill(0)] }),
  ).toContain(`${"#".repeat(40)} 3`);
});
