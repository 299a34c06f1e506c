import { describe, expect, it } from "vitest";
import { emptyWords } from "../../../../webview/checkpoint/list/empty-words";
import { filtered, nextSort, sorted } from "../../../../webview/checkpoint/list/rows";
import { restore, START } from "../../../../webview/checkpoint/ui-state";
import { listed } from "./tensors";

const tensors = [
  listed("layer.10.weight", { shape: [4, 4] }),
  listed("layer.2.weight", { shape: [2, 9], dtype: "BF16" }),
  listed("layer.2.bias", { shape: [9] }),
  listed("adam.step", { shape: [], role: "optimizer", dtype: "I64", kind: "integer" }),
];
const names = (list: readonly { readonly name: string }[]): string[] =>
  list.map(({ name }) => name);

describe("the table's rows", () => {
  it("are sorted by name as people count, by shape by rank, and back to the file's order", () => {
    expect(names(sorted(tensors, { key: "name", descending: false }))).toEqual([
      "adam.step",
      "layer.2.bias",
      "layer.2.weight",
      "layer.10.weight",
    ]);
    expect(names(sorted(tensors, { key: "shape", descending: true }))[0]).toBe("layer.10.weight");
    expect(sorted(tensors, { key: "order", descending: false })).toBe(tensors);
  });

  it("are found by every word in name, type or shape, whatever its case", () => {
    expect(names(filtered(tensors, "LAYER bias", null))).toEqual(["layer.2.bias"]);
    expect(names(filtered(tensors, "bf16", null))).toEqual(["layer.2.weight"]);
    expect(names(filtered(tensors, "2x9", null))).toEqual(["layer.2.weight"]);
    expect(names(filtered(tensors, "", "optimizer"))).toEqual(["adam.step"]);
    expect(filtered(tensors, "  ", null)).toBe(tensors);
  });

  it("turn their order at each click: figures from the largest, words from the first", () => {
    const start = { key: "order", descending: false } as const;
    const once = nextSort(start, "parameters");
    expect(once).toEqual({ key: "parameters", descending: true });
    expect(nextSort(once, "parameters")).toEqual({ key: "parameters", descending: false });
    expect(nextSort(nextSort(once, "parameters"), "parameters")).toEqual(start);
    expect(nextSort(once, "name")).toEqual({ key: "name", descending: false });
  });

  it("say why there are none", () => {
    expect(emptyWords(0, "", null)).toBe("This checkpoint holds no tensors.");
    expect(emptyWords(3, "x", null)).toBe("No tensor matches “x”.");
    expect(emptyWords(3, "", "buffer")).toBe("No tensor has the role “buffer”.");
  });
});

describe("the state that is kept", () => {
  it("is taken up again", () => {
    const state = {
      ...START,
      list: "tree",
      search: "bias",
      selected: "a",
      slice: { rowAxis: 0, columnAxis: 1, at: [0, 0, 2] },
      unfolded: ["a."],
    } as const;
    expect(restore(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it("starts afresh where it makes no sense", () => {
    expect(restore(undefined)).toEqual(START);
    expect(
      restore({
        list: 3,
        sort: { key: "x" },
        slice: { rowAxis: "0", columnAxis: 1, at: [] },
        unfolded: 5,
        selected: {},
      }),
    ).toEqual(START);
  });
});
