import { recordType, treeRecords } from "./b-tree";
import { chunkNumber, chunkOrder, type ChunkGrid, type StoredChunk } from "./chunk-grid";
import { extensibleArray } from "./extensible-array";
import { fixedArray } from "./fixed-array";
import type { H5File } from "./h5-file";
import type { ChunkIndex } from "./layout";

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
  switch (index.kind) {
    case "single":
      chunks.set(0, { address, size: index.size ?? grid.bytes, mask: index.mask });
      break;
    case "implicit":
      implicit(file, address, grid, chunks);
      break;
    case "tree":
      await treeNode(file, address, MAX_LEVELS, grid, chunks);
      break;
    case "fixed array":
      await fixedArray(file, address, grid, filtered, chunks);
      break;
    case "extensible array":
      await extensibleArray(file, address, grid, filtered, chunks);
      break;
    case "new tree":
      await newTree(file, address, grid, filtered, chunks);
  }
  return chunks;
}

/** Chunks that lie one after the other. */
function implicit(
  file: H5File,
  address: number,
  grid: ChunkGrid,
  chunks: Map<number, StoredChunk>,
): void {
  const { end, numberOf } = chunkOrder(grid);
  file.place(address, end * grid.bytes);
  for (let i = 0; i < end; i++) {
    const number = numberOf(i);
    if (number !== null)
      chunks.set(number, { address: address + i * grid.bytes, size: grid.bytes, mask: 0 });
  }
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
    // Chunks that the dataset has shrunk away from may be left.
    const number = chunkNumber(
      grid,
      grid.chunk.map((length) => entries.uint(8) / length),
    );
    const child = entries.skip(8).address();
    if (child === null) entries.trouble("a tree of chunks with a missing branch");
    else if (level > 0) await treeNode(file, child, level, grid, chunks);
    else if (number !== null) chunks.set(number, { address: child, size, mask });
  }
}

/** A version 2 B-tree, of datasets that grow along several axes (format specification, III.A.2). */
async function newTree(
  file: H5File,
  address: number,
  grid: ChunkGrid,
  filtered: boolean,
  chunks: Map<number, StoredChunk>,
): Promise<void> {
  const type = filtered ? recordType.filteredChunk : recordType.chunk;
  const places = 8 * grid.shape.length;
  const least = file.offsetBytes + places + (filtered ? 5 : 0);
  for await (const record of treeRecords(file, address, type, least)) {
    const sizeBytes = record.left - file.offsetBytes - places - 4;
    const child = record.address();
    if (filtered && sizeBytes > 8) record.trouble("a tree of chunks of impossible sizes");
    const size = filtered ? record.uint(sizeBytes) : grid.bytes;
    const mask = filtered ? record.uint(4) : 0;
    const number = chunkNumber(
      grid,
      grid.chunk.map(() => record.uint(8)),
    );
    if (child !== null && number !== null) chunks.set(number, { address: child, size, mask });
  }
}
