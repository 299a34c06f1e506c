import fc from "fast-check";
import { expect, it } from "vitest";
import { SeriesBuilder } from "../../../src/metrics/series";
import { mostPoints, thinSeries } from "../../../src/metrics/thin-series";

it("keeps short series whole, and counts values where there are no steps", () => {
  const told = [
    { step: 10, value: 3 },
    { step: 20, value: 1 },
  ];
  expect(thinSeries(told)).toEqual({ axis: "step", at: [10, 20], values: [3, 1] });
  expect(thinSeries([...told, { step: null, place: 3, value: 0 }])).toEqual({
    axis: "value",
    at: [1, 2, 3],
    values: [3, 1, 0],
  });
});

it("takes each second, fourth ... of long ones, and the last, at their own places", () => {
  const builder = new SeriesBuilder();
  for (let i = 1; i <= 20_000; i++) builder.add(i / 2);
  const { axis, at, values } = thinSeries(builder.points);
  expect(axis).toBe("value");
  expect([at[0], at.at(-1)]).toEqual([1, 20_000]);
  // 20,000 values: 5,000 of them after two halvings, 157 after five more.
  expect(at).toHaveLength(158);
  expect(new Set(at.slice(1, -1).map((place, i) => place - at[i]))).toEqual(new Set([128]));
  at.forEach((place, i) => {
    expect(values[i]).toBe(place / 2);
  });
});

it("lets what a restart wrote again replace what stood there, and knows steps that are none", () => {
  const at = (steps: number[]) => thinSeries(steps.map((step, i) => ({ step, value: i })));
  expect(at([1, 2, 3, 4, 3, 4, 5])).toEqual({
    axis: "step",
    at: [1, 2, 3, 4, 5],
    values: [0, 1, 4, 5, 6],
  });
  // Batches of three epochs.
  expect(at([0, 1, 2, 0, 1, 2, 0, 1, 2])).toMatchObject({
    axis: "value",
    at: [1, 2, 3, 4, 5, 6, 7, 8, 9],
  });
});

it("stays bounded and rising, whatever a source tells", () => {
  const number = fc.double({ noNaN: false });
  fc.assert(
    fc.property(fc.array(fc.tuple(number, fc.option(number)), { maxLength: 900 }), (told) => {
      const builder = new SeriesBuilder();
      for (const [value, step] of told) builder.add(value, step);
      const { at, values } = thinSeries(builder.points);
      expect(at.length).toBe(values.length);
      expect(at.length).toBeLessThanOrEqual(mostPoints + 1);
      for (let i = 1; i < at.length; i++) expect(at[i]).toBeGreaterThan(at[i - 1]);
      if (builder.points.length > 0) expect(values.at(-1)).toBe(builder.points.at(-1)?.value);
    }),
  );
});
