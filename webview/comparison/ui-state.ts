import { SORT_KEYS, type Sort } from "./tensor-rows";

/** What a reader chose: all that is kept when the panel is hidden, and nothing of the data. */
export interface UiState {
  /** Name, in A, of the tensor that is looked at. */
  readonly selected: string | null;
  readonly sort: Sort;
  readonly search: string;
}

/** What a panel shows before anyone chose. */
export const START: UiState = {
  selected: null,
  sort: { key: "distance", descending: true },
  search: "",
};

/** Reads a saved state, which an older version may have written: what makes no sense starts afresh. */
export function restore(saved: unknown): UiState {
  const { selected, sort, search } = recordOf(saved);
  const { key, descending } = recordOf(sort);
  const known = SORT_KEYS.find((one) => one === key);
  return {
    selected: typeof selected === "string" ? selected : null,
    sort: known ? { key: known, descending: descending === true } : START.sort,
    search: typeof search === "string" ? search : "",
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}
