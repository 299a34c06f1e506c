/** Figures as sentences have them: three significant digits. */
export function short(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size >= 1e-4 && size < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
}

/** Two decimals, and none where they would say nothing. */
export function decimal(value: number): string {
  return Math.abs(value) < 100 ? value.toFixed(2) : Math.round(value).toLocaleString("en-US");
}

/** A share as per cent; a small one does not become 0, nor a large one 100. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value !== 0 && value < 0.01) return `${value.toExponential(1)} %`;
  if (value < 100 && value >= 99.95) return `${value.toFixed(2).replace("100.00", "99.99")} %`;
  return `${value.toFixed(value < 1 ? 2 : 1)} %`;
}

/** Such as "1,234 tensors" or "1 tensor". */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${n.toLocaleString("en-US")} ${n === 1 ? one : many}`;
}

/** A list of names, cut where it is long. */
export function names(list: readonly string[], most = 6): string {
  const rest = list.length - most;
  return `${list.slice(0, most).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}
