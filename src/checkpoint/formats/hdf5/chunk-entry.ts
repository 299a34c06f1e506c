import type { StoredChunk } from "./chunk-grid";
import type { H5Cursor } from "./cursor";
import type { H5File } from "./h5-file";

/** Reads entries of an array of chunks. */
export interface ChunkEntries {
  /** Bytes of an entry. */
  readonly width: number;
  /** Null for a chunk that was never written. */
  read(cursor: H5Cursor): StoredChunk | null;
}

/**
 * Entries of an address, and of filtered chunks their size and the filters left out (format specification, VII.C).
 * @param bytes of a chunk without filters
 */
export function chunkEntries(
  { offsetBytes }: H5File,
  head: H5Cursor,
  width: number,
  filtered: boolean,
  bytes: number,
): ChunkEntries {
  const sizeBytes = filtered ? width - offsetBytes - 4 : 0;
  if (filtered ? sizeBytes < 1 || sizeBytes > 8 : width !== offsetBytes)
    head.trouble("an array of chunks of impossible sizes");
  return {
    width,
    read(cursor) {
      const address = cursor.address();
      const size = filtered ? cursor.uint(sizeBytes) : bytes;
      const mask = filtered ? cursor.uint(4) : 0;
      return address === null ? null : { address, size, mask };
    },
  };
}
