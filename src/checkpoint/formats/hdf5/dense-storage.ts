import { recordType, treeRecords } from "./b-tree";
import type { H5Cursor } from "./cursor";
import { openFractalHeap } from "./fractal-heap";
import type { H5File } from "./h5-file";

/**
 * Messages that a group or object keeps outside its header: a version 2 B-tree lists their places in a fractal heap
 * (format specification, III.A.2).
 */
export async function* denseObjects(
  file: H5File,
  heapAddress: number | null,
  treeAddress: number | null,
  type: typeof recordType.linkByName | typeof recordType.attributeByName,
): AsyncGenerator<H5Cursor> {
  if (heapAddress === null || treeAddress === null) return;
  const heap = await openFractalHeap(file, heapAddress);
  for await (const record of treeRecords(file, treeAddress, type, 4 + heap.idLength)) {
    // A link's record begins with the name's hash, an attribute's with the place.
    if (type === recordType.linkByName) record.skip(4);
    yield await heap.object(record.take(heap.idLength));
  }
}
