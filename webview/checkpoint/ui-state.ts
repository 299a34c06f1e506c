import type { Reduction, Slice } from "../../src/protocol/checkpoint-editor";
import { SORT_KEYS, type Sort } from "./list/rows";

/** What a reader chose: all that is kept when the editor is hidden, and nothing of the data. */
export interface UiState {
  readonly list: "table" | "tree";
  readonly search: string;
  /** A role that alone is shown; null for all. */
  readonly role: string | null;
  readonly sort: Sort;
  /** Paths of the unfolded groups of the tree; null until somebody folded or unfolded one. */
  readonly unfolded: readonly string[] | null;
  /** Name of the tensor whose details are shown. */
  readonly selected: string | null;
  /** The chosen slice of the selected tensor; null for the one it begins with. */
  readonly slice: Slice | null;
  readonly shown: "picture" | "values";
  readonly reduction: Reduction;
  readonly logCounts: boolean;
}

/** What an editor shows before anyone chose. */
export const START: UiState = {
  list: "table",
  search: "",
  role: null,
  sort: { key: "order", descending: false },
  unfolded: null,
  selected: null,
  slice: null,
  shown: "picture",
  reduction: "extreme",
  logCounts: false,
};

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

const oneOf = <T>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.includes(value as T) ? (value as T) : otherwise;

const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

const texts = (value: unknown): readonly string[] | null =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : null;

function sliceOf(value: unknown): Slice | null {
  const { rowAxis, columnAxis, at } = record(value);
  const axis = (one: unknown): one is number | null => one === null || Number.isInteger(one);
  if (!axis(rowAxis) || !axis(columnAxis) || !Array.isArray(at)) return null;
  return at.every(Number.isInteger) ? { rowAxis, columnAxis, at: at as number[] } : null;
}

/** Reads a saved state, which an older version may have written: what makes no sense starts afresh. */
export function restore(saved: unknown): UiState {
  const from = record(saved);
  const sort = record(from["sort"]);
  return {
    list: oneOf(from["list"], ["table", "tree"], START.list),
    search: text(from["search"]) ?? START.search,
    role: text(from["role"]),
    sort: {
      key: oneOf(sort["key"], SORT_KEYS, START.sort.key),
      descending: sort["descending"] === true,
    },
    unfolded: texts(from["unfolded"]),
    selected: text(from["selected"]),
    slice: sliceOf(from["slice"]),
    shown: oneOf(from["shown"], ["picture", "values"], START.shown),
    reduction: oneOf(from["reduction"], ["extreme", "mean"], START.reduction),
    logCounts: from["logCounts"] === true,
  };
}
