import type { H5Cursor } from "./cursor";
import type { H5File } from "./h5-file";

/** Types of records that are read, by the specification's numbers. */
export const recordType = {
  linkByName: 5,
  attributeByName: 8,
  chunk: 10,
  filteredChunk: 11,
} as const;

const MAX_DEPTH = 32;

/** Records of a version 2 B-tree, all of one type and size (format specification, III.A.2). */
export async function* treeRecords(
  file: H5File,
  address: number,
  type: number,
  leastBytes: number,
): AsyncGenerator<H5Cursor> {
  const width = file.offsetBytes;
  const head = (await file.cursor(address, 18 + width + file.lengthBytes)).expect("BTHD");
  if (head.skip(1).uint(1) !== type) head.trouble("a tree of other records");
  const [nodeSize, recordSize, depth] = [head.uint(4), head.uint(2), head.uint(2)];
  const root = head.skip(2).address();
  const rootRecords = head.uint(2);
  if (depth > MAX_DEPTH || recordSize < leastBytes || nodeSize < 10 + recordSize)
    head.trouble("a tree of impossible sizes");
  if (root === null || rootRecords === 0) return;
  const levels = levelWidths(nodeSize, recordSize, depth, width);
  yield* node(root, rootRecords, depth);

  async function* node(address: number, records: number, level: number): AsyncGenerator<H5Cursor> {
    const size = records * recordSize;
    const { countWidth, totalWidth } = levels[level];
    const pointers = level > 0 ? (records + 1) * (width + countWidth + totalWidth) : 0;
    if (6 + size + pointers > nodeSize) file.fail("a tree's node with too many records", address);
    const cursor = await file.cursor(address, 6 + size + pointers);
    cursor.expect(level > 0 ? "BTIN" : "BTLF").skip(2);
    for (let i = 0; i < records; i++) yield cursor.part(recordSize);
    for (let i = 0; level > 0 && i <= records; i++) {
      const child = cursor.address();
      const count = cursor.uint(countWidth);
      cursor.skip(totalWidth);
      if (child === null) cursor.trouble("a tree with a missing branch");
      else yield* node(child, count, level - 1);
    }
  }
}

/** Of each level, how many bytes its pointers take for the records of a child and of all below it. */
function levelWidths(nodeSize: number, recordSize: number, depth: number, address: number) {
  const bytesFor = (value: number) => Math.max(1, Math.ceil(Math.log2(value + 1) / 8));
  let most = Math.floor((nodeSize - 10) / recordSize);
  const countWidth = bytesFor(most);
  let total = most;
  const levels = [{ countWidth: 0, totalWidth: 0 }];
  for (let level = 1; level <= depth; level++) {
    const totalWidth = level > 1 ? bytesFor(total) : 0;
    levels.push({ countWidth, totalWidth });
    const pointer = address + countWidth + totalWidth;
    most = Math.floor((nodeSize - 10 - pointer) / (recordSize + pointer));
    total = (most + 1) * total + most;
  }
  return levels;
}
