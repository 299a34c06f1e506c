import { inflate } from "node:zlib";
import type { H5Cursor } from "./cursor";
import { unpackLzf } from "./lzf";

/** A filter that chunks went through when they were written. */
export interface Filter {
  readonly id: number;
  readonly values: readonly number[];
}

const DEFLATE = 1;
const SHUFFLE = 2;
const FLETCHER32 = 3;
const LZF = 32000;
const names = new Map([
  [4, "szip"],
  [5, "nbit"],
  [6, "scaleoffset"],
]);

/** Reads a filter pipeline message (format specification, IV.A.2.l). */
export function readFilters(cursor: H5Cursor): Filter[] {
  const version = cursor.uint(1);
  const count = cursor.uint(1);
  if (version === 1) cursor.skip(6);
  else if (version !== 2) cursor.trouble(`a filter pipeline of version ${version}`);
  return Array.from({ length: count }, () => {
    const id = cursor.uint(2);
    const nameBytes = version === 1 || id >= 256 ? cursor.uint(2) : 0;
    const values = cursor.skip(2).uint(2);
    cursor.skip(version === 1 ? Math.ceil(nameBytes / 8) * 8 : nameBytes);
    const filter = { id, values: Array.from({ length: values }, () => cursor.uint(4)) };
    if (version === 1 && values % 2 === 1) cursor.skip(4);
    return filter;
  });
}

/** What of these filters is not read, in words; null where all are. */
export function unreadable(filters: readonly Filter[]): string | null {
  const unknown = filters.find(({ id }) => ![DEFLATE, SHUFFLE, FLETCHER32, LZF].includes(id));
  return unknown ? (names.get(unknown.id) ?? `the user-defined filter ${unknown.id}`) : null;
}

/**
 * Undoes the filters of a chunk, last first.
 * @param mask bit i is set where filter i was left out
 * @param size bytes of the chunk without filters
 * @param fail throws the reader's own error
 */
export async function unfilter(
  stored: Uint8Array,
  filters: readonly Filter[],
  mask: number,
  size: number,
  fail: (reason: string) => never,
): Promise<Uint8Array> {
  let bytes = stored;
  for (let i = filters.length - 1; i >= 0; i--) {
    if ((mask >>> i) & 1) continue;
    const { id, values } = filters[i];
    // A checksum behind the data that were compressed adds to their size.
    const limit = size + 4 * filters.length;
    if (id === DEFLATE) bytes = await inflated(bytes, limit, fail);
    if (id === LZF) bytes = unpackLzf(bytes, limit, fail);
    if (id === SHUFFLE) bytes = unshuffled(bytes, values[0] ?? 1);
    if (id === FLETCHER32) bytes = bytes.subarray(0, Math.max(0, bytes.length - 4));
  }
  return bytes.length === size
    ? bytes
    : fail(`a chunk of ${bytes.length} bytes instead of ${size}`);
}

function inflated(
  bytes: Uint8Array,
  limit: number,
  fail: (reason: string) => never,
): Promise<Uint8Array> {
  return new Promise<Uint8Array>((resolve, reject) => {
    inflate(bytes, { maxOutputLength: limit }, (error, result) => {
      if (error) reject(error);
      else resolve(result);
    });
  }).catch((error: unknown) =>
    fail(`a chunk that cannot be inflated: ${error instanceof Error ? error.message : ""}`),
  );
}

/** Byte b of all elements lie together; what does not fill an element lies behind them. */
function unshuffled(bytes: Uint8Array, width: number): Uint8Array {
  const count = width > 1 ? Math.floor(bytes.length / width) : 0;
  if (count === 0) return bytes;
  const out = new Uint8Array(bytes.length);
  for (let b = 0; b < width; b++)
    for (let i = 0, from = b * count; i < count; i++) out[i * width + b] = bytes[from + i];
  out.set(bytes.subarray(count * width), count * width);
  return out;
}
