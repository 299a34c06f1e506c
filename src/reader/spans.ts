import type { Plane } from "./plane";

/**
 * A plane seen as lines of items: along its items neighbours lie closer than along its lines. Lines are rows, or
 * columns where the view is transposed.
 */
export interface Lines {
  readonly start: number;
  readonly lines: number;
  readonly items: number;
  readonly lineStride: number;
  readonly itemStride: number;
  readonly linesAreRows: boolean;
}

export function linesOf({ start, rows, columns, rowStride, columnStride }: Plane): Lines {
  // An axis of length 1 has no direction: the other one makes the lines' items.
  const linesAreRows = rows === 1 || (columns > 1 && columnStride <= rowStride);
  return linesAreRows
    ? {
        start,
        lines: rows,
        items: columns,
        lineStride: rowStride,
        itemStride: columnStride,
        linesAreRows,
      }
    : {
        start,
        lines: columns,
        items: rows,
        lineStride: columnStride,
        itemStride: rowStride,
        linesAreRows,
      };
}

/**
 * A run of elements to read at once: it holds `lines` lines from `line` on, each with `items` items from `item` on;
 * (l, i) of them lies at l·lineStride + i·itemStride in it.
 */
export interface Span {
  readonly start: number;
  readonly length: number;
  readonly line: number;
  readonly lines: number;
  readonly item: number;
  readonly items: number;
}

/** Elements in one read. */
const BLOCK = 1 << 19;
/** A read costs as much time as reading about so many elements on: smaller gaps are read over. */
const GAP = 8192;

/** The runs that hold all elements of these lines, in order, none longer than the block but for lone elements. */
export function* spansOf(
  { start, lines, items, lineStride, itemStride }: Lines,
  block = BLOCK,
): Generator<Span, void, undefined> {
  if (lines === 0 || items === 0) return;
  const itemsAtOnce =
    itemStride > GAP
      ? 1
      : Math.min(items, Math.max(1, Math.floor(block / Math.max(1, itemStride))));
  const lineLength = (itemsAtOnce - 1) * itemStride + 1;
  const together = itemsAtOnce === items && lineStride - lineLength <= GAP;
  const linesAtOnce = together
    ? Math.max(1, Math.floor((block - lineLength) / Math.max(1, lineStride)) + 1)
    : 1;
  for (let line = 0; line < lines; line += linesAtOnce) {
    const lineCount = Math.min(linesAtOnce, lines - line);
    for (let item = 0; item < items; item += itemsAtOnce) {
      const itemCount = Math.min(itemsAtOnce, items - item);
      yield {
        start: start + line * lineStride + item * itemStride,
        length: (lineCount - 1) * lineStride + (itemCount - 1) * itemStride + 1,
        line,
        lines: lineCount,
        item,
        items: itemCount,
      };
    }
  }
}

/** How many elements the spans of these lines read in all, about. */
export function elementsRead({ lines, items, lineStride, itemStride }: Lines): number {
  const perItem = itemStride > GAP ? GAP : Math.max(1, itemStride);
  const dense = items * perItem;
  return lines * (lineStride - dense <= GAP && lineStride > dense ? lineStride : dense);
}
