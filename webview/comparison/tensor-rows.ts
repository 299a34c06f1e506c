import type { TensorComparison } from "../../src/protocol/comparison";

/** "order" is that of the file. */
export const SORT_KEYS = [
  "order",
  "name",
  "shape",
  "distance",
  "relative",
  "rms",
  "rotation",
  "largest",
  "changed",
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface Sort {
  readonly key: SortKey;
  readonly descending: boolean;
}

const names = new Intl.Collator("en", { numeric: true });

/** A figure to sort by; null for those sorted otherwise. */
const figureOf: Readonly<Record<SortKey, ((tensor: TensorComparison) => number | null) | null>> = {
  order: null,
  name: null,
  shape: ({ parameters }) => parameters,
  distance: ({ distance }) => distance,
  relative: ({ relativeDistance }) => relativeDistance,
  rms: ({ rmsChange }) => rmsChange,
  rotation: ({ rotation }) => rotation,
  largest: ({ maxChange }) => maxChange,
  changed: ({ changedShare }) => changedShare,
};

/** Tensors in this order, those without the figure last; equal ones stay in that of the file. */
export function sorted(
  tensors: readonly TensorComparison[],
  { key, descending }: Sort,
): readonly TensorComparison[] {
  if (key === "order") return descending ? tensors.toReversed() : tensors;
  const sign = descending ? -1 : 1;
  const figure = figureOf[key];
  if (!figure) return tensors.toSorted((a, b) => sign * names.compare(a.name, b.name));
  return tensors.toSorted((a, b) => {
    const [x, y] = [figure(a), figure(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (x - y);
  });
}

/** Tensors whose name, shape or type have every word of a search in them, whatever its case. */
export function filtered(
  tensors: readonly TensorComparison[],
  search: string,
): readonly TensorComparison[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return tensors;
  return tensors.filter(({ name, nameInB = "", shape, dtype, dtypeInB }) => {
    const text =
      `${name} ${nameInB} ${shape.join("×")} ${shape.join("x")} ${dtype} ${dtypeInB}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

/** What a click on a column's head makes of the order: figures from the largest first, then back, then the file's own. */
export function nextSort(sort: Sort, key: SortKey): Sort {
  const first = key !== "name";
  if (sort.key !== key) return { key, descending: first };
  return sort.descending === first
    ? { key, descending: !first }
    : { key: "order", descending: false };
}
