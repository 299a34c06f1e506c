import type { H5Cursor } from "./cursor";
import type { H5File } from "./h5-file";
import { Unsupported } from "./unsupported";

export interface FractalHeap {
  /** Bytes of an object's identifier. */
  readonly idLength: number;
  /** An object, by its identifier. */
  object(id: Uint8Array): Promise<H5Cursor>;
}

/** Opens a fractal heap (format specification, III.G): objects in blocks of doubling size. */
export async function openFractalHeap(file: H5File, address: number): Promise<FractalHeap> {
  const { offsetBytes, lengthBytes } = file;
  const head = await file.cursor(address, 22 + 3 * offsetBytes + 12 * lengthBytes);
  const idLength = head.expect("FRHP").skip(1).uint(2);
  const filters = head.uint(2);
  head.skip(1);
  const maxManaged = head.uint(4);
  head.skip(2 * offsetBytes + 10 * lengthBytes);
  const width = head.uint(2);
  const startSize = head.length();
  const maxDirect = head.length();
  const heapBits = head.uint(2);
  head.skip(2);
  const root = head.address();
  const rootRows = head.uint(2);
  if (filters > 0) throw new Unsupported("has compressed links or attributes");
  if (!(width > 0 && startSize > 0 && maxDirect >= startSize && heapBits <= 64))
    head.trouble("a heap of impossible sizes");
  const blockOffsetBytes = Math.ceil(heapBits / 8);
  const lengthWidth = bytesFor(Math.min(maxDirect, maxManaged));
  const maxDirectRows = Math.log2(maxDirect / startSize) + 2;
  if (!Number.isInteger(maxDirectRows)) head.trouble("a heap of impossible sizes");

  return {
    idLength,
    async object(id) {
      // Bits 4 and 5 tell the kind: managed, huge or tiny.
      if ((id[0] & 0x30) === 0x20) {
        return file.wrap(id.subarray(1, 2 + (id[0] & 15)), address);
      }
      if ((id[0] & 0x30) !== 0)
        throw new Unsupported("has a link or attribute too large for its heap");
      if (1 + blockOffsetBytes + lengthWidth > id.length)
        file.fail("a heap of impossible sizes", address);
      const offset = littleEndian(id, 1, blockOffsetBytes);
      const length = littleEndian(id, 1 + blockOffsetBytes, lengthWidth);
      if (root === null) return file.fail("a heap without blocks", address);
      const place = rootRows === 0 ? root + offset : await locate(root, offset, 0, rootRows);
      return file.cursor(place, length);
    },
  };

  /** Where in the file the heap's byte `offset` lies, counted from the beginning of the indirect block at `block`. */
  async function locate(
    block: number,
    offset: number,
    depth: number,
    rows: number,
  ): Promise<number> {
    if (depth > 16) file.fail("a heap without end", block);
    let start = 0;
    for (let row = 0; row < rows; row++) {
      const size = startSize * 2 ** Math.max(0, row - 1);
      const column = Math.floor((offset - start) / size);
      if (column >= width) {
        start += size * width;
        continue;
      }
      const entry = row * width + column;
      const head = 5 + offsetBytes + blockOffsetBytes;
      (await file.cursor(block, 4)).expect("FHIB");
      const child = (await file.cursor(block + head + entry * offsetBytes, offsetBytes)).address();
      if (child === null) return file.fail("a heap with a missing block", block);
      const rest = offset - start - column * size;
      if (row < maxDirectRows) return child + rest;
      // An indirect block covers as much as its row says, in rows from the starting size on.
      return locate(child, rest, depth + 1, Math.log2(size / startSize / width) + 1);
    }
    return file.fail("an object behind the end of its heap", block);
  }
}

function bytesFor(value: number): number {
  return Math.max(1, Math.ceil(Math.log2(value + 1) / 8));
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = width - 1; i >= 0; i--) value = value * 256 + bytes[at + i];
  return value;
}
