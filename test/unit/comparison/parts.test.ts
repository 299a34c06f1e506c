import { describe, expect, it } from "vitest";
import { csv } from "../../../src/comparison/csv";
import { blockOf, layerOf } from "../../../src/comparison/layers";
import { naturalOrder } from "../../../src/comparison/natural-order";
import { patternList, selection } from "../../../src/comparison/patterns";
import { rankCorrelation } from "../../../src/comparison/rank-correlation";
import { sortTensors, type SortKey } from "../../../src/comparison/sort";
import { stripPrefixes } from "../../../src/distance/strip-prefixes";
import { movedTensor } from "./comparisons";

describe("patterns", () => {
  const names = ["fc.weight", "fc.bias", "encoder.0.weight", "encoder.10.weight", "a(b)[c]+$"];
  it.each([
    [[], [], names],
    [["*.weight"], [], ["fc.weight", "encoder.0.weight", "encoder.10.weight"]],
    [["encoder.?.weight"], [], ["encoder.0.weight"]],
    [["encoder.**"], ["*.10.*"], ["encoder.0.weight"]],
    [["fc.weight"], [], ["fc.weight"]],
    [["fc"], [], []],
    [["a(b)[c]+$"], [], ["a(b)[c]+$"]],
    [[], ["*"], []],
    [["fc.*", "encoder*"], ["*bias"], ["fc.weight", "encoder.0.weight", "encoder.10.weight"]],
  ])("%j without %j select %j", (include, exclude, expected) => {
    const { select, leftOut } = selection(include, exclude);
    expect(names.filter(select)).toEqual(expected);
    expect(leftOut()).toEqual(names.filter((name) => !expected.includes(name)));
  });

  it("match a name without its wrapper's prefix too", () => {
    const { select } = selection(["fc.*"], [], (name) => stripPrefixes(name).name);
    expect(select("module.fc.weight")).toBe(true);
  });

  it("remember which were of no use", () => {
    const { select, unused } = selection(["fc.*", "lost"], ["*.weight", "gone*"]);
    names.forEach(select);
    expect(unused()).toEqual(["lost", "gone*"]);
  });

  it("come as lists with commas, repeated, and without blanks", () => {
    expect(patternList(["a,b", " c ,", ""])).toEqual(["a", "b", "c"]);
    expect(patternList()).toEqual([]);
  });
});

describe("CSV", () => {
  it.each([
    ["plain", "plain"],
    ["a,b", '"a,b"'],
    ['say "so"', '"say ""so"""'],
    ["two\nlines", '"two\nlines"'],
    [" space", '" space"'],
    ["=1+1", "'=1+1"],
    ["-cmd,x", '"\'-cmd,x"'],
    [-1.5e-9, "-1.5e-9"],
    [0.1 + 0.2, "0.30000000000000004"],
    [null, ""],
    [undefined, ""],
  ])("writes %j as %s", (value, expected) => {
    expect(csv([[value, 1]])).toBe(`${expected},1\n`);
  });
});

describe("sorting", () => {
  const tensors = [
    movedTensor("l.10", 1, { rotation: 0.3, maxChange: 5 }),
    movedTensor("l.9", 3, { norm: 10, rotation: 0.5 }),
    movedTensor("a", 2, { distance: null, relativeDistance: null, rmsChange: null, rotation: 0.4 }),
  ];
  it.each<[SortKey, string[]]>([
    ["order", ["l.10", "l.9", "a"]],
    ["name", ["a", "l.9", "l.10"]],
    ["distance", ["l.9", "l.10", "a"]],
    ["relative", ["l.10", "l.9", "a"]],
    ["rotation", ["l.9", "a", "l.10"]],
    ["rms", ["l.9", "l.10", "a"]],
    ["maxChange", ["l.10", "l.9", "a"]],
  ])("by %s gives %j", (key, expected) => {
    expect(sortTensors(tensors, key).map(({ name }) => name)).toEqual(expected);
  });

  it("counts as people do, and tells every two names apart", () => {
    expect(["x10", "x9", "X9", "x09"].sort(naturalOrder)).toHaveLength(4);
    expect(naturalOrder("layer.2", "layer.10")).toBeLessThan(0);
    expect(naturalOrder("x09", "x9")).not.toBe(0);
  });
});

describe("rank correlation", () => {
  // scipy.stats.spearmanr
  it.each([
    [[1, 2, 3, 4, 5], [5, 6, 7, 8, 7], 0.8207826816681233],
    [[1, 2, 3], [3, 2, 1], -1],
    [[1, 1, 2, 2], [1, 2, 3, 4], 0.8944271909999159],
  ])("of %j and %j is %f", (x, y, expected) => {
    expect(rankCorrelation(x, y)).toBeCloseTo(expected, 14);
  });

  it("is none of a constant or a single value", () => {
    expect(rankCorrelation([1, 2], [3, 3])).toBeNull();
    expect(rankCorrelation([1], [1])).toBeNull();
    expect(rankCorrelation([], [])).toBeNull();
  });
});

it.each([
  ["fc1.weight", "fc1", { series: "fc", number: 1 }],
  ["w", "w", null],
  [
    "encoder.layer.11.attn.weight",
    "encoder.layer.11.attn",
    { series: "encoder.layer", number: 11 },
  ],
  ["layers/dense_2/vars/0", "layers/dense_2", { series: "layers/dense", number: 2 }],
  ["dense/kernel:0", "dense", null],
  ["h.0.ln_1.weight", "h.0.ln_1", { series: "h", number: 0 }],
])("%s is of layer %s and block %j", (name, layer, block) => {
  expect(layerOf(name)).toBe(layer);
  expect(blockOf(name)).toEqual(block);
});
