/** Browsers stop at about 2^25 pixels; beyond this length a scrollbar's positions stand for more than one pixel. */
const MAX_EXTENT = 8_000_000;

/** Items of one size along a scrollbar, of any number: which are in sight, and where the scrollbar stands. */
export interface ScrollAxis {
  readonly count: number;
  /** Pixels of an item. */
  readonly size: number;
  /** Pixels in sight. */
  readonly viewport: number;
}

/** Pixels that all items take, which may be more than a browser can lay out. */
export function contentLength({ count, size }: ScrollAxis): number {
  return count * size;
}

/** Pixels that the scrolled element is given. */
export function scrollExtent(axis: ScrollAxis): number {
  return Math.min(contentLength(axis), Math.max(MAX_EXTENT, axis.viewport));
}

/** The content's offset in pixels for a scrollbar's position. */
export function offsetAt(axis: ScrollAxis, scroll: number): number {
  return scroll * ratio(axis);
}

/** The scrollbar's position for an offset of the content. */
export function scrollAt(axis: ScrollAxis, offset: number): number {
  return offset / ratio(axis);
}

/** The largest offset that has content up to the viewport's end. */
export function lastOffset(axis: ScrollAxis): number {
  return Math.max(0, contentLength(axis) - axis.viewport);
}

/** The offset, as near to this one as can be, at which an item is wholly in sight. */
export function offsetThatShows(axis: ScrollAxis, offset: number, index: number): number {
  const start = index * axis.size;
  const shown = Math.max(start + axis.size - axis.viewport, Math.min(offset, start));
  return Math.min(lastOffset(axis), Math.max(0, shown));
}

/** Items from `first` to before `end` that are in sight or a few beyond. */
export function itemsInSight(
  { count, size, viewport }: ScrollAxis,
  offset: number,
  beyond: number,
): { readonly first: number; readonly end: number } {
  const first = Math.max(0, Math.min(count, Math.floor(offset / size) - beyond));
  const end = Math.min(count, Math.ceil((offset + viewport) / size) + beyond);
  return { first, end: Math.max(first, end) };
}

function ratio(axis: ScrollAxis): number {
  const range = scrollExtent(axis) - axis.viewport;
  return range > 0 ? lastOffset(axis) / range : 1;
}
