import type { ByteSource } from "../../byte-source";
import { CheckpointError } from "../../error";
import { quoted } from "../../quoted";
import { readEntry, readHeader, type BundleEntry, type BundleHeader } from "./bundle-entry";
import { tableEntries } from "./leveldb-table";

export interface BundleIndex {
  readonly header: BundleHeader;
  /** By the key in the table, one character for each byte. */
  readonly entries: ReadonlyMap<string, BundleEntry>;
}

const MAX_ENTRIES = 2_000_000;

/**
 * Reads the index file of a TensorBundle: a table whose empty key holds the header.
 * @throws CheckpointError
 */
export async function readIndex(file: ByteSource): Promise<BundleIndex> {
  let header: BundleHeader | null = null;
  const entries = new Map<string, BundleEntry>();
  for await (const { key, value, offset } of tableEntries(file)) {
    const fail = (reason: string): never => {
      throw new CheckpointError(file.path, `index entry ${quoted(key)}: ${reason}`, offset);
    };
    if (key === "") header = readHeader(value, fail);
    else if (entries.has(key)) fail("occurs twice");
    else entries.set(key, readEntry(value, fail));
    if (entries.size > MAX_ENTRIES) fail(`more than ${MAX_ENTRIES} entries`);
  }
  if (!header) throw new CheckpointError(file.path, "index: no header of a TensorBundle", 0);
  return { header, entries };
}
