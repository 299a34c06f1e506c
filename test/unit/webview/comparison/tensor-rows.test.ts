import { describe, expect, it } from "vitest";
import { filtered, nextSort, sorted } from "../../../../webview/comparison/tensor-rows";
import { restore, START } from "../../../../webview/comparison/ui-state";
import { tensor } from "./tensor";

const tensors = [
  tensor("layer.10", 2),
  tensor("layer.9", null),
  tensor("layer.1", 3, { shape: [7], nameInB: "module.layer.1" }),
];
const names = (list: readonly { name: string }[]) => list.map(({ name }) => name);

describe("the rows of the table", () => {
  it("are sorted by figures with those that have none last, and by names as people count", () => {
    const by = (key: "distance" | "name" | "order", descending: boolean) =>
      names(sorted(tensors, { key, descending }));
    expect(by("distance", true)).toEqual(["layer.1", "layer.10", "layer.9"]);
    expect(by("distance", false)).toEqual(["layer.10", "layer.1", "layer.9"]);
    expect(by("name", false)).toEqual(["layer.1", "layer.9", "layer.10"]);
    expect(by("order", true)).toEqual(["layer.1", "layer.9", "layer.10"]);
  });

  it("are found by every word of a search, in either name, in shapes and types", () => {
    expect(names(filtered(tensors, "LAYER 2x2"))).toEqual(["layer.10", "layer.9"]);
    expect(names(filtered(tensors, "module"))).toEqual(["layer.1"]);
    expect(filtered(tensors, " ")).toBe(tensors);
  });

  it("are sorted by a click from the largest, then back, then in the file's order", () => {
    const first = nextSort(START.sort, "rms");
    expect(first).toEqual({ key: "rms", descending: true });
    const second = nextSort(first, "rms");
    expect(second).toEqual({ key: "rms", descending: false });
    expect(nextSort(second, "rms")).toEqual({ key: "order", descending: false });
  });
});

describe("the state of the page", () => {
  it("comes back as it was saved", () => {
    const state = { selected: "a", sort: { key: "rms", descending: false }, search: "q" };
    expect(restore(JSON.parse(JSON.stringify(state)))).toEqual(state);
  });

  it.each([null, 1, "x", { sort: { key: "no" }, selected: 3, search: [] }])(
    "starts afresh from %j",
    (saved) => {
      expect(restore(saved)).toEqual(START);
    },
  );
});
