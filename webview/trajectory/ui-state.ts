/** What a reader chose: all that is kept when the panel is hidden, and nothing of the data. */
export interface UiState {
  /** Name of the tensor whose own curves are shown; null for the total. */
  readonly selected: string | null;
}

/** Reads a saved state, which an older version may have written: what makes no sense starts afresh. */
export function restore(saved: unknown): UiState {
  const { selected } = (saved ?? {}) as Readonly<Record<string, unknown>>;
  return { selected: typeof selected === "string" ? selected : null };
}
