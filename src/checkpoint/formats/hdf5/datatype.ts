import type { DType } from "../../dtype";
import type { H5Cursor } from "./cursor";

/** A datatype message, as far as it concerns weights and the names beside them. */
export type H5Type =
  | {
      readonly kind: "number";
      readonly dtype: DType;
      readonly bigEndian: boolean;
      readonly size: number;
    }
  | { readonly kind: "text"; readonly size: number; readonly variable: boolean }
  | { readonly kind: "other"; readonly size: number };

const floats = new Map<string, DType>([
  ["4/8/23", "F32"],
  ["8/11/52", "F64"],
  ["2/5/10", "F16"],
  ["2/8/7", "BF16"],
]);
const signed = new Map<number, DType>([
  [1, "I8"],
  [2, "I16"],
  [4, "I32"],
  [8, "I64"],
]);
const unsigned = new Map<number, DType>([
  [1, "U8"],
  [2, "U16"],
  [4, "U32"],
  [8, "U64"],
]);

/** Reads a datatype message (format specification, IV.A.2.d). */
export function readDatatype(cursor: H5Cursor): H5Type {
  const head = cursor.uint(1);
  const bits = cursor.uint(1);
  cursor.skip(2);
  const size = cursor.uint(4);
  switch (head & 15) {
    case 0:
      return integer(cursor, bits, size);
    case 1:
      return float(cursor, bits, size);
    case 3:
      return { kind: "text", size, variable: false };
    case 5:
      // Opaque: bfloat16 and the eight-bit floats are written so.
      return size === 1 || size === 2
        ? { kind: "number", dtype: size === 1 ? "V1" : "V2", bigEndian: false, size }
        : { kind: "other", size };
    case 8:
      return enumeration(cursor, bits, size, head >> 4);
    case 9:
      return (bits & 15) === 1 ? { kind: "text", size, variable: true } : { kind: "other", size };
    default:
      return { kind: "other", size };
  }
}

function integer(cursor: H5Cursor, bits: number, size: number): H5Type {
  const [offset, precision] = [cursor.uint(2), cursor.uint(2)];
  const dtype = (bits & 8 ? signed : unsigned).get(size);
  if (!dtype || offset !== 0 || precision !== 8 * size) return { kind: "other", size };
  return { kind: "number", dtype, bigEndian: (bits & 1) !== 0, size };
}

function float(cursor: H5Cursor, bits: number, size: number): H5Type {
  const [offset, precision] = [cursor.uint(2), cursor.uint(2)];
  const [, exponent] = [cursor.uint(1), cursor.uint(1)];
  const [, mantissa] = [cursor.uint(1), cursor.uint(1)];
  const dtype = floats.get(`${size}/${exponent}/${mantissa}`);
  // The other bit of the byte order is VAX's.
  if (!dtype || offset !== 0 || precision !== 8 * size || bits & 0x40)
    return { kind: "other", size };
  return { kind: "number", dtype, bigEndian: (bits & 1) !== 0, size };
}

/** h5py writes booleans as an enumeration of FALSE and TRUE over bytes. */
function enumeration(cursor: H5Cursor, members: number, size: number, version: number): H5Type {
  const base = readDatatype(cursor);
  if (base.kind !== "number" || base.size !== size) return { kind: "other", size };
  if (members !== 2 || size !== 1) return base;
  const names = [0, 1].map(() => cursor.text(version < 3 ? 8 : 1));
  const isBool = names[0] === "FALSE" && names[1] === "TRUE";
  return isBool && cursor.uint(1) === 0 && cursor.uint(1) === 1 ? { ...base, dtype: "BOOL" } : base;
}
