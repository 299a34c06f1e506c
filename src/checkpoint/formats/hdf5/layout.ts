import type { H5Cursor } from "./cursor";
import { Unsupported } from "./unsupported";

/** How the chunks of a dataset are found. */
export type ChunkIndex =
  | {
      readonly kind: "tree" | "implicit" | "fixed array" | "extensible array" | "new tree";
      readonly address: number | null;
    }
  | {
      readonly kind: "single";
      readonly address: number | null;
      readonly size: number | null;
      readonly mask: number;
    };

/** Where a dataset's bytes lie; an address of null is of bytes that were never written. */
export type Layout =
  | { readonly kind: "compact"; readonly bytes: Uint8Array }
  | { readonly kind: "contiguous"; readonly address: number | null; readonly size: number }
  | {
      readonly kind: "chunked";
      readonly chunk: readonly number[];
      readonly index: ChunkIndex;
      /** Whether chunks that reach over the dataset's edge were left without filters. */
      readonly plainEdges: boolean;
    };

/**
 * Reads a layout message of version 3 to 5 (format specification, IV.A.2.i). Version 5, which HDF5 2.0 writes of filtered
 * chunks, differs from 4 in that the chunk indexes hold wider sizes, and these tell their width themselves.
 * @throws Unsupported for what such a message may say but is not read
 */
export function readLayout(cursor: H5Cursor): Layout {
  const version = cursor.uint(1);
  if (version < 3 || version > 5)
    throw new Unsupported(`has a data layout of the unknown version ${version}`);
  switch (cursor.uint(1)) {
    case 0:
      return { kind: "compact", bytes: cursor.take(cursor.uint(2)) };
    case 1:
      return { kind: "contiguous", address: cursor.address(), size: cursor.length() };
    case 2:
      return version === 3 ? oldChunks(cursor) : newChunks(cursor);
    case 3:
      throw new Unsupported("is a virtual dataset, which lies in other files");
    default:
      return cursor.trouble("an unknown data layout");
  }
}

/** The last of the sizes is that of an element. */
function oldChunks(cursor: H5Cursor): Layout {
  const rank = cursor.uint(1) - 1;
  const address = cursor.address();
  const chunk = Array.from({ length: Math.max(0, rank) }, () => cursor.uint(4));
  return { kind: "chunked", chunk, index: { kind: "tree", address }, plainEdges: false };
}

function newChunks(cursor: H5Cursor): Layout {
  const flags = cursor.uint(1);
  const rank = cursor.uint(1) - 1;
  const width = cursor.uint(1);
  if (!(width >= 1 && width <= 8)) cursor.trouble("chunk sizes of no width");
  const chunk = Array.from({ length: Math.max(0, rank) }, () => cursor.uint(width));
  cursor.skip(width);
  const plainEdges = (flags & 1) !== 0;
  const chunked = (index: ChunkIndex): Layout => ({ kind: "chunked", chunk, index, plainEdges });
  switch (cursor.uint(1)) {
    case 1: {
      const filtered = (flags & 2) !== 0;
      const size = filtered ? cursor.length() : null;
      const mask = filtered ? cursor.uint(4) : 0;
      return chunked({ kind: "single", size, mask, address: cursor.address() });
    }
    case 2:
      return chunked({ kind: "implicit", address: cursor.address() });
    case 3:
      return chunked({ kind: "fixed array", address: cursor.skip(1).address() });
    case 4:
      return chunked({ kind: "extensible array", address: cursor.skip(5).address() });
    case 5:
      return chunked({ kind: "new tree", address: cursor.skip(6).address() });
    default:
      return cursor.trouble("an unknown index of chunks");
  }
}
