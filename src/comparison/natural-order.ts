const collator = new Intl.Collator("en", { numeric: true });

/** Compares names as people count: "layer.2" before "layer.10". Names that differ never compare as equal. */
export function naturalOrder(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0);
}
