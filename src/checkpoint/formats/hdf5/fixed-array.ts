import { chunkEntries } from "./chunk-entry";
import { chunkOrder, type ChunkGrid, type StoredChunk } from "./chunk-grid";
import type { H5File } from "./h5-file";

/** A fixed array of all chunks in order, in pages where it is long (format specification, VII.C). */
export async function fixedArray(
  file: H5File,
  address: number,
  grid: ChunkGrid,
  filtered: boolean,
  chunks: Map<number, StoredChunk>,
): Promise<void> {
  const { offsetBytes, lengthBytes } = file;
  const head = (await file.cursor(address, 8 + lengthBytes + offsetBytes)).expect("FAHD").skip(2);
  const [width, pageBits] = [head.uint(1), head.uint(1)];
  const entry = chunkEntries(file, head, width, filtered, grid.bytes);
  if (pageBits > 32) head.trouble("an array of chunks of impossible sizes");
  const entries = head.length();
  const block = head.address();
  if (block === null) return;
  (await file.cursor(block, 6 + offsetBytes)).expect("FADB");
  const pageEntries = 2 ** pageBits;
  const paged = entries > pageEntries;
  const pages = paged ? Math.ceil(entries / pageEntries) : 0;
  const bitmapBytes = Math.ceil(pages / 8);
  const bitmapAt = block + 6 + offsetBytes;
  file.place(bitmapAt, bitmapBytes + entries * width);
  const bitmap = await file.structure(bitmapAt, bitmapBytes);
  const { end, numberOf } = chunkOrder(grid);
  if (end > entries) head.trouble("an array of fewer chunks than the dataset has");
  const dataAt = bitmapAt + bitmapBytes + (paged ? 4 : 0);
  const perRead = paged ? pageEntries : entries;
  for (let first = 0; first < end; first += perRead) {
    const page = first / perRead;
    // Bits count from the highest; a page without its bit was never written.
    if (paged && ((bitmap[page >> 3] >> (7 - (page & 7))) & 1) === 0) continue;
    const length = Math.min(perRead, entries - first);
    const at = dataAt + first * width + (paged ? 4 * page : 0);
    const cursor = await file.cursor(at, length * width);
    for (let i = first; i < first + length; i++) {
      const chunk = entry.read(cursor);
      const number = numberOf(i);
      if (chunk && number !== null) chunks.set(number, chunk);
    }
  }
}
