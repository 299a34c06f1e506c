/**
 * The wire format of Protocol Buffers (https://protobuf.dev/programming-guides/encoding): a message is a run of
 * fields, each a tag (number and wire type) and a payload. Nothing is decoded that a reader does not ask for.
 */

/** Wire types: varint, 64 bits, a length and bytes, 32 bits. Groups are obsolete and refused. */
export type WireType = 0 | 1 | 2 | 5;

/** One field; offsets count from wherever the bytes' own do. */
export interface WireField {
  readonly number: number;
  readonly wire: WireType;
  /** Of a varint, as int64; NaN outside the safe integers. Of the others 0. */
  readonly value: number;
  /** First byte of the payload. */
  readonly start: number;
  /** One past the payload; not compared with the end of the message. */
  readonly end: number;
}

/** No tag and varint or length take more bytes than this. */
export const MAX_FIELD_HEAD = 20;

/** A varint: 64 bits in two halves (both unsigned), and the place after it. */
export interface Varint {
  readonly low: number;
  readonly high: number;
  readonly next: number;
}

/** The varint at a place; null where it does not end within ten bytes or the bytes themselves. */
export function readVarint(bytes: Uint8Array, at: number): Varint | null {
  let low = 0;
  let high = 0;
  for (let i = 0; i < 10 && at + i < bytes.length; i++) {
    const byte = bytes[at + i];
    const bits = byte & 0x7f;
    if (i < 4) low |= bits << (7 * i);
    else if (i === 4) {
      low |= bits << 28;
      high |= bits >> 4;
    } else high |= bits << (7 * i - 32);
    if (byte < 0x80) return { low: low >>> 0, high: high >>> 0, next: at + i + 1 };
  }
  return null;
}

/** A varint as int64; NaN outside the safe integers. */
export function asInteger({ low, high }: Varint): number {
  const value = (high | 0) * 2 ** 32 + low;
  return Number.isSafeInteger(value) ? value : NaN;
}

/** The field at a place; null where no valid field begins there. */
export function readField(bytes: Uint8Array, at: number, base = 0): WireField | null {
  const tag = readVarint(bytes, at);
  if (!tag || tag.high !== 0 || tag.low < 8) return null;
  const number = tag.low >>> 3;
  const start = base + tag.next;
  switch (tag.low & 7) {
    case 0: {
      const varint = readVarint(bytes, tag.next);
      if (!varint) return null;
      return { number, wire: 0, value: asInteger(varint), start, end: base + varint.next };
    }
    case 1:
      return { number, wire: 1, value: 0, start, end: start + 8 };
    case 2: {
      const length = readVarint(bytes, tag.next);
      if (!length || !(asInteger(length) >= 0)) return null;
      const begin = base + length.next;
      return { number, wire: 2, value: 0, start: begin, end: begin + asInteger(length) };
    }
    case 5:
      return { number, wire: 5, value: 0, start, end: start + 4 };
    default:
      return null;
  }
}

/**
 * Fields of a small message in memory.
 * @param fail throws the reader's own error, given a reason and an offset into `bytes`
 */
export function* messageFields(
  bytes: Uint8Array,
  fail: (reason: string, offset: number) => never,
): Generator<WireField> {
  for (let at = 0; at < bytes.length;) {
    const field = readField(bytes, at);
    if (!field) return fail("not a protobuf field", at);
    if (field.end > bytes.length) return fail("a protobuf field passes the end of its message", at);
    yield field;
    at = field.end;
  }
}
