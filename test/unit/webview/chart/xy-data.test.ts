import { describe, expect, it } from "vitest";
import { csvText } from "../../../../webview/ui/csv";
import {
  horizontalRange,
  nearestPoint,
  verticalRange,
  type XySeries,
} from "../../../../webview/ui/chart/xy-data";

const series = (
  shape: XySeries["shape"],
  ...points: readonly [number, number, number?][]
): XySeries => ({
  name: "a",
  shape,
  shade: null,
  points: points.map(([x, y, deviation]) => ({
    x,
    y,
    deviation: deviation ?? null,
    words: [],
    run: null,
  })),
});

describe("a chart's ranges", () => {
  it("begin at zero unless values lie far from it", () => {
    expect(verticalRange([series("curve", [0, 4], [1, 0])]).from).toBe(0);
    const { from, to } = verticalRange([series("means", [0, 4, 0.1], [1, 5, 0.1])]);
    expect([from > 3.5, from < 3.9, to > 5.1]).toEqual([true, true, true]);
  });

  it("are wider than nothing, of no and of equal values", () => {
    const cases: readonly (readonly [number, number, number?][])[] = [
      [],
      [[1, 0]],
      [
        [1, 3],
        [1, 3],
      ],
    ];
    for (const points of cases) {
      const one = series("dots", ...points);
      for (const { from, to } of [verticalRange([one]), horizontalRange([one])])
        expect(to).toBeGreaterThan(from);
    }
  });
});

it("finds the nearest point, of points at one place the last", () => {
  const at = ({ x, y }: { x: number; y: number }) => [x, y] as const;
  const all = [series("means", [0, 0], [5, 5]), series("dots", [5, 5], [9, 9])];
  expect(nearestPoint(all, at, 1, 0)).toEqual([0, 0]);
  expect(nearestPoint(all, at, 5, 5)).toEqual([1, 0]);
  expect(nearestPoint([], at, 5, 5)).toBeNull();
});

it("writes CSV that reads back: quotes where a cell needs them, nothing for null", () => {
  expect(
    csvText(
      ["a", "b"],
      [
        ["x, y", null],
        ['say "no"', 0.1],
      ],
    ),
  ).toBe('a,b\n"x, y",\n"say ""no""",0.1\n');
});
