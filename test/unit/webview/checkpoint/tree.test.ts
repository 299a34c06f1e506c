import { describe, expect, it } from "vitest";
import { treeKey } from "../../../../webview/checkpoint/list/tree-keys";
import {
  buildTree,
  isGroup,
  pathsTo,
  treeRows,
  type TreeRow,
} from "../../../../webview/checkpoint/list/tree-model";
import { listed } from "./tensors";

const names = (...list: string[]) => buildTree(list.map((name) => listed(name)));
const outline = (rows: readonly TreeRow[]): string[] =>
  rows.map(({ node, level, unfolded }) => {
    const mark = unfolded === null ? "" : unfolded ? "v " : "> ";
    return `${"  ".repeat(level - 1)}${mark}${node.label}`;
  });
const all = (): boolean => true;

describe("the tree by module", () => {
  it("splits names at dots and slashes, and counts what a group holds", () => {
    const root = names("a.b.weight", "a.b.bias", "a.c.weight", "d/kernel", "scale");
    expect(outline(treeRows(root, all))).toEqual([
      "v a",
      "  v b",
      "    weight",
      "    bias",
      "  v c",
      "    weight",
      "v d",
      "  kernel",
      "scale",
    ]);
    expect(root).toMatchObject({ count: 5, parameters: 30 });
    expect(root.groups[0]).toMatchObject({ count: 3, parameters: 18, path: "a." });
  });

  it("joins groups that hold but one group, as VS Code joins folders", () => {
    const root = names("model.layers/0.weight", "model.layers/1.weight");
    expect(outline(treeRows(root, () => false))).toEqual(["> model.layers"]);
    expect(outline(treeRows(root, all))[1]).toBe("  v 0");
  });

  it("keeps a group and a tensor of one name apart, and one path by dots from one by slashes", () => {
    const root = names("a", "a.b", "a/b");
    expect(outline(treeRows(root, all))).toEqual(["v a", "  b", "v a", "  b", "a"]);
    expect(new Set(root.groups.map(({ path }) => path)).size).toBe(2);
  });

  it("puts a part of a file above the names in it", () => {
    const root = buildTree([listed("w", { part: "state_dict" }), listed("m", { part: "ema" })]);
    expect(outline(treeRows(root, all))).toEqual(["v state_dict", "  w", "v ema", "  m"]);
  });

  it("keeps names that are empty, or end or begin with a separator", () => {
    const root = names("", ".", "a.", ".a");
    const leaves = treeRows(root, all).filter(({ node }) => !isGroup(node));
    expect(leaves).toHaveLength(4);
    expect(root.count).toBe(4);
  });

  it("finds the groups around a tensor", () => {
    const root = names("a.b.c", "a.d", "e");
    expect(pathsTo(root, "a.b.c")).toEqual(["", "a.", "a.b."]);
    expect(pathsTo(root, "nothing")).toEqual([]);
  });

  it("is walked by the keys of VS Code's trees", () => {
    const rows = treeRows(names("a.b.c", "a.d"), ({ path }) => path === "a.");
    expect(outline(rows)).toEqual(["v a", "  > b", "  d"]);
    expect(treeKey("ArrowRight", rows, 0)).toBe(1);
    expect(treeKey("ArrowRight", rows, 1)).toBe("unfold");
    expect(treeKey("ArrowLeft", rows, 0)).toBe("fold");
    expect(treeKey("ArrowLeft", rows, 1)).toBe(0);
    expect(treeKey("ArrowLeft", rows, 2)).toBe(0);
    expect(treeKey("ArrowRight", rows, 2)).toBeNull();
    expect(treeKey("Enter", rows, 0)).toBe("fold");
    expect(treeKey("Enter", rows, 2)).toBeNull();
    expect(treeKey("x", rows, 0)).toBeNull();
  });

  it("takes 10,000 tensors in its stride", () => {
    const tensors = Array.from({ length: 10_000 }, (_, i) => listed(`l.${i % 100}.${i}.w`));
    const root = buildTree(tensors);
    expect(root.count).toBe(10_000);
    expect(treeRows(root, all)).toHaveLength(1 + 100 + 10_000 + 10_000);
  });
});
