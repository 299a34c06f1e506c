import type { ByteCursor } from "../../byte-cursor";

const STRING = 8;
const ARRAY = 9;
const MAX_DEPTH = 4;
const MAX_TEXT = 2000;
/** Of an array, such as the words of a tokenizer, so many are kept. */
const MAX_ITEMS = 8;

type Read = (view: DataView) => string;

/** Bytes and text of each value type of fixed size, by its number (gguf_metadata_value_type). */
const scalars: ReadonlyMap<number, readonly [bytes: number, read: Read]> = new Map([
  [0, [1, (v) => String(v.getUint8(0))]],
  [1, [1, (v) => String(v.getInt8(0))]],
  [2, [2, (v) => String(v.getUint16(0, true))]],
  [3, [2, (v) => String(v.getInt16(0, true))]],
  [4, [4, (v) => String(v.getUint32(0, true))]],
  [5, [4, (v) => String(v.getInt32(0, true))]],
  [6, [4, (v) => String(Number(v.getFloat32(0, true).toPrecision(7)))]],
  [7, [1, (v) => String(v.getUint8(0) !== 0)]],
  [10, [8, (v) => String(v.getBigUint64(0, true))]],
  [11, [8, (v) => String(v.getBigInt64(0, true))]],
  [12, [8, (v) => String(v.getFloat64(0, true))]],
] satisfies [number, [number, Read]][]);

/**
 * Reads a metadata value as text; long texts and arrays are cut short.
 * @throws ParseError
 */
export function readValue(cursor: ByteCursor, type: number, depth = 0): string {
  const scalar = scalars.get(type);
  if (scalar) {
    const bytes = cursor.take(scalar[0]);
    return scalar[1](new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  }
  if (type === STRING) {
    const text = cursor.utf8(cursor.length64());
    return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text;
  }
  if (type !== ARRAY) return cursor.fail(`the unknown value type ${type}`);
  if (depth === MAX_DEPTH) cursor.fail("arrays nested too deeply");
  return readArray(cursor, depth);
}

function readArray(cursor: ByteCursor, depth: number): string {
  const type = cursor.u32();
  const count = cursor.length64();
  const kept: string[] = [];
  const bytes = scalars.get(type)?.[0];
  const read = bytes === undefined ? count : Math.min(count, MAX_ITEMS);
  for (let i = 0; i < read; i++) {
    const value = readValue(cursor, type, depth + 1);
    if (i < MAX_ITEMS) kept.push(value);
  }
  if (bytes !== undefined) cursor.take((count - read) * bytes);
  return `[${kept.join(", ")}${count > MAX_ITEMS ? `, … ${count} in all` : ""}]`;
}
