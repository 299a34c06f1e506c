import type { H5File } from "./h5-file";
import type { ChunkIndex } from "./layout";

/** Where a chunk lies as it was stored. */
export interface StoredChunk {
  readonly address: number;
  readonly size: number;
  /** Filters that were left out. */
  readonly mask: number;
}

export interface ChunkGrid {
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  /** Chunks along each axis. */
  readonly counts: readonly number[];
  /** Of a chunk without filters. */
  readonly bytes: number;
}

const MAX_LEVELS = 32;

/** Reads where all chunks lie, by their number in the grid; what is missing was never written. */
export async function readChunkIndex(
  file: H5File,
  index: ChunkIndex,
  grid: ChunkGrid,
  filtered: boolean,
): Promise<ReadonlyMap<number, StoredChunk>> {
  const chunks = new Map<number, StoredChunk>();
  const { address } = index;
  if (address === null) return chunks;
  if (index.kind === "single") {
    chunks.set(0, { address, size: index.size ?? grid.bytes, mask: index.mask });
  } else if (index.kind === "implicit") {
    const count = grid.counts.reduce((product, n) => product * n, 1);
    file.place(address, count * grid.bytes);
    for (let i = 0; i < count; i++)
      chunks.set(i, { address: address + i * grid.bytes, size: grid.bytes, mask: 0 });
  } else if (index.kind === "tree") await treeNode(file, address, MAX_LEVELS, grid, chunks);
  else await fixedArray(file, address, grid, filtered, chunks);
  return chunks;
}

/** A version 1 B-tree whose keys are chunks' places in the dataset (format specification, III.A.1). */
async function treeNode(
  file: H5File,
  address: number,
  above: number,
  grid: ChunkGrid,
  chunks: Map<number, StoredChunk>,
): Promise<void> {
  const { offsetBytes } = file;
  const head = (await file.cursor(address, 8 + 2 * offsetBytes)).expect("TREE");
  const [type, level, used] = [head.uint(1), head.uint(1), head.uint(2)];
  if (type !== 1 || level >= above) head.trouble("a tree of chunks that is none");
  const key = 8 + 8 * (grid.shape.length + 1);
  const entries = await file.cursor(address + 8 + 2 * offsetBytes, used * (key + offsetBytes));
  for (let i = 0; i < used; i++) {
    const [size, mask] = [entries.uint(4), entries.uint(4)];
    let number = 0;
    for (const [axis, length] of grid.chunk.entries()) {
      const place = entries.uint(8) / length;
      // Chunks that the dataset has shrunk away from may be left.
      const inside = Number.isInteger(place) && place < grid.counts[axis];
      number = inside ? number * grid.counts[axis] + place : NaN;
    }
    const child = entries.skip(8).address();
    if (child === null) entries.trouble("a tree of chunks with a missing branch");
    else if (level > 0) await treeNode(file, child, level, grid, chunks);
    else if (!Number.isNaN(number)) chunks.set(number, { address: child, size, mask });
  }
}

/** A fixed array of all chunks in order, in pages where it is long (format specification, VII.C). */
async function fixedArray(
  file: H5File,
  address: number,
  grid: ChunkGrid,
  filtered: boolean,
  chunks: Map<number, StoredChunk>,
): Promise<void> {
  const { offsetBytes, lengthBytes } = file;
  const head = (await file.cursor(address, 8 + lengthBytes + offsetBytes)).expect("FAHD").skip(2);
  const [entryBytes, pageBits] = [head.uint(1), head.uint(1)];
  const entries = head.length();
  const block = head.address();
  const least = offsetBytes + (filtered ? 5 : 0);
  if (entryBytes < least || pageBits > 32) head.trouble("an array of chunks of impossible sizes");
  if (block === null) return;
  (await file.cursor(block, 6 + offsetBytes)).expect("FADB");
  const pageEntries = 2 ** pageBits;
  const paged = entries > pageEntries;
  const pages = paged ? Math.ceil(entries / pageEntries) : 0;
  const bitmapBytes = Math.ceil(pages / 8);
  const bitmapAt = block + 6 + offsetBytes;
  file.place(bitmapAt, bitmapBytes + entries * entryBytes);
  const bitmap = await file.structure(bitmapAt, bitmapBytes);
  const count = grid.counts.reduce((product, n) => product * n, 1);
  if (count > entries) head.trouble("an array of fewer chunks than the dataset has");
  const dataAt = bitmapAt + bitmapBytes + (paged ? 4 : 0);
  const perRead = paged ? pageEntries : entries;
  for (let first = 0; first < entries; first += perRead) {
    const page = first / perRead;
    // Bits count from the highest; a page without its bit was never written.
    if (paged && ((bitmap[page >> 3] >> (7 - (page & 7))) & 1) === 0) continue;
    const length = Math.min(perRead, entries - first);
    const at = dataAt + first * entryBytes + (paged ? 4 * page : 0);
    const cursor = await file.cursor(at, length * entryBytes);
    for (let i = first; i < first + length; i++) {
      const entry = cursor.part(entryBytes);
      const place = entry.address();
      const size = filtered ? entry.uint(entryBytes - offsetBytes - 4) : grid.bytes;
      const mask = filtered ? entry.uint(4) : 0;
      if (place !== null && i < count) chunks.set(i, { address: place, size, mask });
    }
  }
}
