import { ByteCursor } from "../byte-cursor";
import { quoted } from "../quoted";
import { parseLiteral, type Literal } from "./literal";

export interface NpyHeader {
  /** Array protocol type string; null for a record of several, which is a list. */
  readonly descr: string | null;
  readonly columnMajor: boolean;
  readonly shape: readonly number[];
  /** Where the elements begin. */
  readonly dataStart: number;
}

export const NPY_MAGIC = "\x93NUMPY";
const MAX_DIMENSIONS = 64;

/**
 * Reads the header of an .npy file of version 1 to 3 (numpy/lib/format.py).
 * @throws ParseError
 */
export function readNpyHeader(bytes: Uint8Array): NpyHeader {
  const cursor = new ByteCursor(bytes);
  if (Buffer.from(cursor.take(6)).toString("latin1") !== NPY_MAGIC) cursor.fail("no .npy header");
  const version = cursor.u8();
  cursor.u8();
  if (version < 1 || version > 3) cursor.fail(`the unknown .npy version ${version}`);
  const length = version === 1 ? cursor.u16() : cursor.u32();
  const text = Buffer.from(cursor.take(length)).toString(version === 3 ? "utf8" : "latin1");
  const header = parseLiteral(text);
  if (!(header instanceof Map)) return cursor.fail(`the header ${quoted(text)} is no dictionary`);
  const descr = header.get("descr");
  const order = header.get("fortran_order");
  const shape = sizes(header.get("shape"));
  if (descr === undefined || typeof order !== "boolean" || !shape || header.size !== 3)
    return cursor.fail(`the header ${quoted(text)} lacks its descr, fortran_order or shape`);
  const dtype = typeof descr === "string" ? descr : null;
  return { descr: dtype, columnMajor: order, shape, dataStart: cursor.offset };
}

function sizes(value: Literal | undefined): number[] | null {
  if (!Array.isArray(value) || value.length > MAX_DIMENSIONS) return null;
  const numbers = value.filter((size) => typeof size === "number" && Number.isSafeInteger(size));
  return numbers.length === value.length ? (numbers as number[]) : null;
}
