import { PickleDict, type PickleValue } from "../../pickle/values";

const MAX_ENTRIES = 1000;
const MAX_TEXT = 1000;

/** The numbers and texts that a saved dictionary holds beside its tensors, such as the epoch. */
export function pickledMetadata(root: PickleValue): Map<string, string> {
  const metadata = new Map<string, string>();
  if (!(root instanceof PickleDict)) return metadata;
  for (const [key, value] of root.entries) {
    if (metadata.size === MAX_ENTRIES) break;
    const text = typeof value === "object" ? null : String(value).slice(0, MAX_TEXT);
    if (typeof key === "string" && text !== null) metadata.set(key.slice(0, MAX_TEXT), text);
  }
  return metadata;
}
