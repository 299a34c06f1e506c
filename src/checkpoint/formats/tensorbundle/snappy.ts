import { asInteger, readVarint } from "../protobuf/wire";

/** No three bytes of Snappy give more than 64 bytes. */
const MAX_RATIO = 32;

/**
 * Decompresses a raw Snappy block (format_description.txt of google/snappy).
 * @param fail throws the reader's own error
 */
export function decompressSnappy(bytes: Uint8Array, fail: (reason: string) => never): Uint8Array {
  const length = readVarint(bytes, 0);
  const size = length ? asInteger(length) : NaN;
  if (!length || !(size >= 0) || size > bytes.length * MAX_RATIO)
    return fail("a Snappy block of an impossible length");
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = length.next; at < bytes.length;) {
    const tag = bytes[at++];
    let count = (tag >> 2) + 1;
    if ((tag & 3) === 0) {
      if (count > 60) {
        const wide = count - 60;
        count = littleEndian(bytes, at, wide) + 1;
        at += wide;
      }
      if (at + count > bytes.length || to + count > size) return fail("a Snappy literal too long");
      out.set(bytes.subarray(at, at + count), to);
      at += count;
      to += count;
      continue;
    }
    let back: number;
    if ((tag & 3) === 1) {
      count = ((tag >> 2) & 7) + 4;
      back = ((tag >> 5) << 8) | bytes[at++];
    } else {
      const wide = (tag & 3) === 2 ? 2 : 4;
      back = littleEndian(bytes, at, wide);
      at += wide;
    }
    if (!(back > 0 && back <= to) || at > bytes.length || to + count > size)
      return fail("a Snappy copy from outside the block");
    // Byte by byte: a copy may overlap what it writes.
    for (const end = to + count; to < end; to++) out[to] = out[to - back];
  }
  return to === size ? out : fail("a Snappy block that ends early");
}

function littleEndian(bytes: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let i = 0; i < width; i++) value += (bytes[at + i] ?? 0) * 256 ** i;
  return value;
}
