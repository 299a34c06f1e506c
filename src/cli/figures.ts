/** A figure in six significant digits; a dash where there is none. */
export function figure(value: number | null | undefined, digits = 6): string {
  return value === null || value === undefined ? "-" : value.toPrecision(digits);
}

/** Such as "1,234 tensors" or "1 tensor". */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}

/** A title and a list of names, cut where it is long; nothing for an empty one. */
export function nameList(title: string, names: readonly string[], most = 20): string {
  if (names.length === 0) return "";
  const shown = names.slice(0, most).join(", ");
  const rest = names.length > most ? `, … and ${names.length - most} more` : "";
  return `\n${title}: ${shown}${rest}\n`;
}

/** Names of what is not read, each with its reason, for a list. */
export function withReasons(
  list: readonly { readonly name: string; readonly reason: string }[],
): string[] {
  return list.map(({ name, reason }) => `${name} (${reason})`);
}
