/** A name of a file quoted for an error message, and cut where it is long: an error must not repeat a hostile one. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 100 ? `${text.slice(0, 100)}…` : text);
}
