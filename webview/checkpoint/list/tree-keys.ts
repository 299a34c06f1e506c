import type { TreeRow } from "./tree-model";

/** What a key does in a tree: goes to a row, or folds the one it is on; as in VS Code's own trees. */
export function treeKey(
  key: string,
  rows: readonly TreeRow[],
  at: number,
): number | "fold" | "unfold" | null {
  const { unfolded, parent } = rows[at];
  switch (key) {
    case "ArrowLeft":
      return unfolded === true ? "fold" : parent >= 0 ? parent : null;
    case "ArrowRight":
      if (unfolded === null) return null;
      return unfolded ? Math.min(at + 1, rows.length - 1) : "unfold";
    case "Enter":
    case " ":
      if (unfolded === null) return null;
      return unfolded ? "fold" : "unfold";
    default:
      return null;
  }
}
