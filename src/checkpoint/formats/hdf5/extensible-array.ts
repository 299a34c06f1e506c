import { chunkEntries } from "./chunk-entry";
import { chunkOrder, type ChunkGrid, type StoredChunk } from "./chunk-grid";
import type { H5File } from "./h5-file";

/**
 * An array of chunks that grows along one axis (format specification, VII.D): the first entries lie in an index block,
 * the others in data blocks of growing size. The first data blocks' addresses lie in the index block too, the others'
 * in secondary blocks: number s lists 2^floor(s/2) data blocks of 2^ceil(s/2) times the least number of entries.
 */
export async function extensibleArray(
  file: H5File,
  address: number,
  grid: ChunkGrid,
  filtered: boolean,
  chunks: Map<number, StoredChunk>,
): Promise<void> {
  const { offsetBytes, lengthBytes } = file;
  const head = await file.cursor(address, 12 + 6 * lengthBytes + offsetBytes);
  const width = head.expect("EAHD").skip(2).uint(1);
  const [maxBits, ownEntries, leastEntries] = [head.uint(1), head.uint(1), head.uint(1)];
  const [leastPointers, pageBits] = [head.uint(1), head.uint(1)];
  const block = head.skip(6 * lengthBytes).address();
  const entry = chunkEntries(file, head, width, filtered, grid.bytes);
  const powers = [leastEntries, leastPointers].map(Math.log2);
  if (!powers.every(Number.isInteger) || !(maxBits <= 64 && pageBits <= 32))
    head.trouble("an array of chunks of impossible sizes");
  if (block === null) return;
  const { end, numberOf } = chunkOrder(grid);
  const prefix = 6 + offsetBytes;
  /** A block's place among all entries stands in it too. */
  const blockPrefix = prefix + Math.ceil(maxBits / 8);
  const pageEntries = 2 ** pageBits;

  const inIndexBlock = 2 * powers[1];
  const secondaries = Math.max(0, 1 + maxBits - powers[0] - inIndexBlock);
  const ownBlocks = 2 * (leastPointers - 1);
  const pointers = (ownBlocks + secondaries) * offsetBytes;
  const index = await file.cursor(block, prefix + ownEntries * width + pointers);
  index.expect("EAIB").skip(prefix - 4);
  let first = 0;
  for (; first < ownEntries; first++) take(first, entry.read(index));
  for (let s = 0; s < inIndexBlock + secondaries && first < end; s++) {
    const blocks = 2 ** Math.floor(s / 2);
    const entries = 2 ** Math.ceil(s / 2) * leastEntries;
    if (s < inIndexBlock)
      for (let i = 0; i < blocks; i++)
        await dataBlock(index.address(), first + i * entries, entries);
    else await secondaryBlock(index.address(), blocks, entries);
    first += blocks * entries;
  }

  async function secondaryBlock(
    place: number | null,
    blocks: number,
    entries: number,
  ): Promise<void> {
    if (place === null) return;
    const pages = entries > pageEntries ? entries / pageEntries : 0;
    const bitmapBytes = blocks * Math.ceil(pages / 8);
    file.place(place, blockPrefix + bitmapBytes + blocks * offsetBytes);
    const cursor = await file.cursor(place, blockPrefix + bitmapBytes + blocks * offsetBytes);
    const bitmap = cursor
      .expect("EASB")
      .skip(blockPrefix - 4)
      .take(bitmapBytes);
    for (let i = 0; i < blocks; i++) {
      const data = cursor.address();
      const from = first + i * entries;
      if (pages === 0) await dataBlock(data, from, entries);
      else if (data !== null) await dataPages(data, from, pages, bitmap, i * pages);
    }
  }

  async function dataBlock(place: number | null, from: number, entries: number): Promise<void> {
    if (place === null || from >= end) return;
    file.place(place, blockPrefix + entries * width);
    (await file.cursor(place, 4)).expect("EADB");
    await takeAll(place + blockPrefix, from, entries);
  }

  /** Each page has a checksum behind it, as the block's beginning has; bits count from the highest. */
  async function dataPages(
    place: number,
    from: number,
    pages: number,
    bitmap: Uint8Array,
    firstBit: number,
  ): Promise<void> {
    (await file.cursor(place, 4)).expect("EADB");
    const pageBytes = pageEntries * width + 4;
    for (let page = 0; page < pages && from + page * pageEntries < end; page++) {
      const bit = firstBit + page;
      if (((bitmap[bit >> 3] >> (7 - (bit & 7))) & 1) === 0) continue;
      const at = place + blockPrefix + 4 + page * pageBytes;
      await takeAll(at, from + page * pageEntries, pageEntries);
    }
  }

  async function takeAll(at: number, from: number, entries: number): Promise<void> {
    const cursor = await file.cursor(at, entries * width);
    for (let i = from; i < from + entries && i < end; i++) take(i, entry.read(cursor));
  }

  function take(i: number, chunk: StoredChunk | null): void {
    const number = i < end ? numberOf(i) : null;
    if (chunk && number !== null) chunks.set(number, chunk);
  }
}
