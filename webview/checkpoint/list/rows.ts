import type { ListedTensor } from "../../../src/protocol/checkpoint-editor";

/** "order" is that of the file. */
export const SORT_KEYS = [
  "order",
  "name",
  "dtype",
  "shape",
  "parameters",
  "bytes",
  "role",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

const names = new Intl.Collator("en", { numeric: true });

const compare: Readonly<Record<SortKey, (a: ListedTensor, b: ListedTensor) => number>> = {
  order: () => 0,
  name: (a, b) => names.compare(a.name, b.name),
  dtype: (a, b) => names.compare(a.dtype, b.dtype),
  // By rank, then axis by axis.
  shape: (a, b) => a.shape.length - b.shape.length || firstDifference(a.shape, b.shape),
  parameters: (a, b) => a.parameters - b.parameters,
  bytes: (a, b) => (a.bytes ?? -1) - (b.bytes ?? -1),
  role: (a, b) => names.compare(a.role, b.role),
};

function firstDifference(a: readonly number[], b: readonly number[]): number {
  const axis = a.findIndex((size, index) => size !== b[index]);
  return axis < 0 ? 0 : a[axis] - b[axis];
}

/** Tensors in this order; equal ones stay in that of the file. */
export function sorted(
  tensors: readonly ListedTensor[],
  { key, descending }: Sort,
): readonly ListedTensor[] {
  if (key === "order") return descending ? tensors.toReversed() : tensors;
  const order = compare[key];
  return tensors.toSorted(descending ? (a, b) => order(b, a) : order);
}

/**
 * Tensors whose name, part, type or shape have every word of a search in them, whatever its case; of one role where
 * one is given.
 */
export function filtered(
  tensors: readonly ListedTensor[],
  search: string,
  role: string | null,
): readonly ListedTensor[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0 && role === null) return tensors;
  return tensors.filter((tensor) => {
    if (role !== null && tensor.role !== role) return false;
    const text = searchable(tensor);
    return words.every((word) => text.includes(word));
  });
}

function searchable({ name, part, dtype, shape }: ListedTensor): string {
  return `${part === undefined ? "" : `${part}.`}${name} ${dtype} ${shape.join("×")} ${shape.join("x")}`.toLowerCase();
}

/** What a click on a column's head makes of the order: up, down, and back to the file's own. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  const numeric = key === "parameters" || key === "bytes";
  if (sort.key !== key) return { key, descending: numeric };
  return sort.descending === numeric
    ? { key, descending: !numeric }
    : { key: "order", descending: false };
}
