import type { Elements } from "../elements";
import type { Extent } from "./slice-key";

/** One part along the axis of partition. */
export interface Part {
  /** First index along the axis, and how many. */
  readonly start: number;
  readonly length: number;
  readonly elements: Elements;
}

const BLOCK = 1 << 20;

/** The axis along which parts of these extents divide a tensor; null where they divide it along several. */
export function partitionAxis(
  shape: readonly number[],
  slices: readonly (readonly Extent[])[],
): number | null {
  const isWhole = ({ start, length }: Extent, axis: number) =>
    start === 0 && (length === -1 || length === shape[axis]);
  const divided = shape.flatMap((_, axis) =>
    slices.every((slice) => isWhole(slice[axis], axis)) ? [] : [axis],
  );
  return divided.length > 1 ? null : (divided[0] ?? 0);
}

/**
 * A tensor put together from parts along one axis.
 * @param parts in order, without holes or overlaps, whole
 * @param axis their axis
 * @param width bytes of an element
 */
export function partitionedElements(
  shape: readonly number[],
  axis: number,
  parts: readonly Part[],
  width: number,
): Elements {
  const inner = shape.slice(axis + 1).reduce((product, size) => product * size, width);
  const row = inner * shape[axis];
  return { raw: null, read };

  async function read(offset: number, into: Uint8Array): Promise<void> {
    const end = offset + into.length;
    for (const { start, length, elements } of parts) {
      const bytes = length * inner;
      // Of each row, this part holds the bytes from here on.
      const column = start * inner;
      const rowsPerBlock = Math.max(1, Math.floor(BLOCK / Math.max(1, bytes)));
      const lastRow = Math.ceil(end / row);
      for (let first = Math.floor(offset / row); first < lastRow; first += rowsPerBlock) {
        const rows = Math.min(rowsPerBlock, lastRow - first);
        // The range of the tensor, as bytes of the part, that these rows need.
        const from = first * bytes + clamp(offset - first * row - column, bytes);
        const last = first + rows - 1;
        const to = last * bytes + clamp(end - last * row - column, bytes);
        if (from >= to) continue;
        const block = new Uint8Array(to - from);
        await elements.read(from, block);
        for (let r = first; r <= last; r++) {
          const a = Math.max(from, r * bytes);
          const b = Math.min(to, (r + 1) * bytes);
          if (a < b)
            into.set(block.subarray(a - from, b - from), a - r * bytes + r * row + column - offset);
        }
      }
    }
  }
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}
