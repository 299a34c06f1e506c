import { asInteger, readVarint, type WireField } from "../protobuf/wire";
import type { FileFields } from "../protobuf/file-fields";
import { TypedData } from "./typed-data";

/** A TensorProto as it stands in the file, its values left there. */
export interface ScannedTensor {
  /** Of the message, for errors. */
  readonly offset: number;
  readonly name: string;
  readonly dims: readonly number[];
  /** TensorProto.DataType. */
  readonly dataType: number;
  readonly raw: { readonly start: number; readonly bytes: number } | null;
  /** By field number. */
  readonly typed: ReadonlyMap<number, TypedData>;
  /** Keys `location`, `offset`, `length`; null where the data are in the file itself. */
  readonly external: ReadonlyMap<string, string> | null;
  /** Why its values are not read, though it is sound; null where they are. */
  readonly unreadable: string | null;
}

const MAX_DIMENSIONS = 64;
const MAX_TEXT = 1 << 16;
const MAX_EXTERNAL_KEYS = 64;
/** Field number and wire type of one unpacked element (onnx.proto, TensorProto). */
const typedFields = new Map<number, 0 | 1 | 5>([
  [4, 5], // float_data
  [5, 0], // int32_data
  [7, 0], // int64_data
  [10, 1], // double_data
  [11, 0], // uint64_data
]);

/** Reads the description of a tensor, the message in `field`. */
export async function scanTensor(fields: FileFields, field: WireField): Promise<ScannedTensor> {
  const dims: number[] = [];
  const typed = new Map<number, TypedData>();
  const external = new Map<string, string>();
  let name = "";
  let dataType = 0;
  let isExternal = false;
  let raw: ScannedTensor["raw"] = null;
  let unreadable: string | null = null;
  for (let at = field.start; at < field.end;) {
    const part = await fields.at(at, field.end);
    const { number, wire, value, start, end } = part;
    const wireOfOne = typedFields.get(number);
    if (wireOfOne !== undefined) {
      let data = typed.get(number);
      if (!data) typed.set(number, (data = new TypedData(fields, wireOfOne)));
      await data.add(part, at);
    } else if (number === 1) {
      if (wire === 0) dims.push(value);
      else if (wire === 2) dims.push(...(await packedIntegers(fields, part)));
      if (dims.length > MAX_DIMENSIONS || !dims.every((size) => size >= 0))
        fields.fail("a tensor's shape is not one", at);
    } else if (number === 2 && wire === 0) dataType = value;
    else if (number === 3) unreadable = "is stored in segments";
    else if (number === 8 && wire === 2) name = await fields.text(part, MAX_TEXT);
    else if (number === 9 && wire === 2) raw = { start, bytes: end - start };
    else if (number === 13 && wire === 2) {
      const [key, text] = await stringPair(fields, part);
      external.set(key, text);
      if (external.size > MAX_EXTERNAL_KEYS) fields.fail("too many keys of external data", at);
    } else if (number === 14 && wire === 0) isExternal = value === 1;
    at = end;
  }
  return {
    offset: field.start,
    name,
    dims,
    dataType,
    raw,
    typed,
    external: isExternal ? external : null,
    unreadable,
  };
}

/** A SparseTensorProto: its values are a tensor, whose name is its own. */
export async function scanSparse(
  fields: FileFields,
  field: WireField,
): Promise<ScannedTensor | null> {
  let values: ScannedTensor | null = null;
  for (let at = field.start; at < field.end;) {
    const part = await fields.at(at, field.end);
    if (part.number === 1 && part.wire === 2) values = await scanTensor(fields, part);
    at = part.end;
  }
  return values && { ...values, unreadable: "is sparse" };
}

/** A StringStringEntryProto. */
export async function stringPair(
  fields: FileFields,
  field: WireField,
): Promise<[key: string, value: string]> {
  let key = "";
  let value = "";
  for (let at = field.start; at < field.end;) {
    const part = await fields.at(at, field.end);
    if (part.wire === 2 && part.number === 1) key = await fields.text(part, MAX_TEXT);
    if (part.wire === 2 && part.number === 2) value = await fields.text(part, MAX_TEXT);
    at = part.end;
  }
  return [key, value];
}

async function packedIntegers(fields: FileFields, field: WireField): Promise<number[]> {
  const bytes = await fields.payload(field, MAX_DIMENSIONS * 10);
  const values: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const varint = readVarint(bytes, at);
    if (!varint) return fields.fail("a broken number in a shape", field.start + at);
    values.push(asInteger(varint));
    at = varint.next;
  }
  return values;
}
