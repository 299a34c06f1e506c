import { describe, expect, it } from "vitest";
import { heatScale, valueAt } from "../../../../webview/comparison/heat-scale";

describe("the scale of a heatmap", () => {
  it("is linear from zero where values are alike in size", () => {
    const scale = heatScale([1, 2, 4, 0, null]);
    expect(scale).toMatchObject({ logarithmic: false, low: 0, high: 4 });
    expect([0, 1, 4, null].map(scale.depth)).toEqual([0, 0.25, 1, null]);
    expect(valueAt(scale, 0.5)).toBe(2);
  });

  it("is logarithmic over at most four decades where they are not", () => {
    const scale = heatScale([1e-9, 0.01, 1]);
    expect(scale).toMatchObject({ logarithmic: true, low: 1e-4, high: 1 });
    expect(scale.depth(0.01)).toBeCloseTo(0.5, 12);
    expect(scale.depth(1e-9)).toBe(0);
    expect(scale.depth(0)).toBe(0);
    expect(valueAt(scale, 0.5)).toBeCloseTo(0.01, 12);
  });

  it.each([[[]], [[null]], [[0, 0]]])("has a depth for %j", (values) => {
    expect(heatScale(values).depth(0)).toBe(0);
  });
});
