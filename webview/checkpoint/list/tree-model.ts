import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";

/** A module: what its name's part holds. */
export interface Group {
  /** Unique, with the separators as the names have them. */
  readonly path: string;
  /** The last part of the path, or several where each held but the next. */
  readonly label: string;
  readonly groups: readonly Group[];
  readonly tensors: readonly Leaf[];
  /** Of all tensors in it and in its groups. */
  readonly count: number;
  readonly parameters: number;
}

export interface Leaf {
  readonly label: string;
  readonly tensor: ListedTensor;
}

/** A line of the tree as it is unfolded. */
export interface TreeRow {
  /** From 1. */
  readonly level: number;
  readonly node: Group | Leaf;
  /** Null for a tensor. */
  readonly unfolded: boolean | null;
  /** From 1, among its siblings, and how many they are. */
  readonly position: number;
  readonly siblings: number;
  /** Index of the row of the group that holds it; -1 at the top. */
  readonly parent: number;
}

interface Building {
  readonly path: string;
  readonly label: string;
  readonly groups: Map<string, Building>;
  readonly tensors: Leaf[];
}

const empty = (path: string, label: string): Building => {
  return { path, label, groups: new Map(), tensors: [] };
};

/** The tree by module of tensors whose names are split at dots and slashes; groups stand in order of appearance. */
export function buildTree(tensors: readonly ListedTensor[]): Group {
  const root = empty("", "");
  for (const tensor of tensors) {
    const whole = tensor.part === undefined ? tensor.name : `${tensor.part}.${tensor.name}`;
    // Each piece keeps the separator behind it: "a.b" and "a/b" are two paths.
    const pieces = whole.split(/(?<=[./])/);
    const label = pieces.pop() ?? "";
    let at = root;
    for (const piece of pieces) {
      const key = at.path + piece;
      let next = at.groups.get(key);
      if (!next) at.groups.set(key, (next = empty(key, piece.slice(0, -1))));
      at = next;
    }
    at.tensors.push({ label, tensor });
  }
  return finish(root, false);
}

function finish(building: Building, merge: boolean): Group {
  let { label } = building;
  let at = building;
  while (merge && at.tensors.length === 0 && at.groups.size === 1) {
    const [only] = at.groups.values();
    label += at.path.at(-1)! + only.label;
    at = only;
  }
  const groups = Array.from(at.groups.values(), (group) => finish(group, true));
  const sum = (of: (group: Group) => number): number =>
    groups.reduce((total, group) => total + of(group), 0);
  return {
    path: at.path,
    label,
    groups,
    tensors: at.tensors,
    count: at.tensors.length + sum((group) => group.count),
    parameters:
      at.tensors.reduce((total, { tensor }) => total + tensor.parameters, 0) +
      sum((group) => group.parameters),
  };
}

export function isGroup(node: Group | Leaf): node is Group {
  return "groups" in node;
}

/** The rows of a tree from top to bottom, with what is in the groups that are unfolded. */
export function treeRows(root: Group, unfolded: (group: Group) => boolean): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (group: Group, level: number, parent: number): void => {
    const children: readonly (Group | Leaf)[] = [...group.groups, ...group.tensors];
    children.forEach((node, index) => {
      const open = isGroup(node) ? unfolded(node) : null;
      rows.push({
        level,
        node,
        unfolded: open,
        position: index + 1,
        siblings: children.length,
        parent,
      });
      if (open === true) add(node as Group, level + 1, rows.length - 1);
    });
  };
  add(root, 1, -1);
  return rows;
}

/** The paths of the groups that hold a tensor, from the outermost. */
export function pathsTo(root: Group, name: string): readonly string[] {
  if (root.tensors.some(({ tensor }) => tensor.name === name)) return [root.path];
  for (const group of root.groups) {
    const inner = pathsTo(group, name);
    if (inner.length > 0) return [root.path, ...inner];
  }
  return [];
}
