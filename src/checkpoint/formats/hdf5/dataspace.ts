import type { H5Cursor } from "./cursor";

/** Shape of a dataset; null for one without elements (a null dataspace). */
export interface Dataspace {
  readonly shape: readonly number[] | null;
  /** As far as it may grow; null where it cannot, an axis without a limit is Infinity. */
  readonly maximum: readonly number[] | null;
}

const MAX_RANK = 32;

/** Reads a dataspace message (format specification, IV.A.2.b). */
export function readDataspace(cursor: H5Cursor): Dataspace {
  const version = cursor.uint(1);
  const rank = cursor.uint(1);
  const flags = cursor.uint(1);
  if (version !== 1 && version !== 2) cursor.trouble(`a dataspace of version ${version}`);
  if (rank > MAX_RANK) cursor.trouble(`${rank} axes`);
  if (version === 1) cursor.skip(5);
  else if (cursor.uint(1) === 2) return { shape: null, maximum: null };
  const shape = Array.from({ length: rank }, () => cursor.length());
  return { shape, maximum: flags & 1 ? shape.map(() => cursor.limit()) : null };
}
