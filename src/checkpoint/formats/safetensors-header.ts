import type { TensorInfo } from "../checkpoint";
import { isDType, tensorBytes, type DType } from "../dtype";
import { quoted } from "../quoted";
import { roleOfName } from "../role";
import { elementCount } from "../shape";
import { JsonCursor } from "./json-cursor";

/** A tensor and where its bytes lie, counted from the end of the header. */
export interface ListedTensor extends TensorInfo {
  readonly begin: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  /** In the order of their bytes. */
  readonly tensors: readonly ListedTensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

const MAX_DIMENSIONS = 64;
/** Of tensors, and of metadata: far above any real file, and low enough for memory. */
const MAX_ENTRIES = 1_000_000;

/**
 * Reads and checks a safetensors header: its JSON, element types, shapes, and that the tensors' bytes follow
 * one another without holes or overlaps and fill the data.
 * @param json the header's bytes
 * @param dataBytes bytes of the file after the header
 * @throws JsonError with an offset into `json`
 */
export function parseSafetensorsHeader(json: Uint8Array, dataBytes: number): SafetensorsHeader {
  const cursor = new JsonCursor(json);
  const seen = new Set<string>();
  const places = new Map<ListedTensor, number>();
  let metadata: ReadonlyMap<string, string> = new Map();
  cursor.object((name, offset) => {
    if (seen.has(name)) cursor.fail(`the name ${quoted(name)} occurs twice`, offset);
    seen.add(name);
    if (seen.size > MAX_ENTRIES) cursor.fail(`more than ${MAX_ENTRIES} tensors`, offset);
    if (name === "__metadata__") metadata = readMetadata(cursor);
    else places.set(readTensor(cursor, name, offset), offset);
  });
  cursor.end();
  const tensors = [...places.keys()].sort((a, b) => a.begin - b.begin || a.end - b.end);
  let filled = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== filled)
      cursor.fail(
        `the data of ${quoted(name)} ${begin < filled ? "overlap" : "leave a hole after"} the data before`,
        offsetOf(name),
      );
    filled = end;
  }
  if (filled !== dataBytes)
    cursor.fail(
      `the tensors take ${filled} bytes but the file holds ${dataBytes} bytes of data`,
      0,
    );
  return { tensors, metadata };

  function offsetOf(name: string): number {
    for (const [tensor, offset] of places) if (tensor.name === name) return offset;
    return 0;
  }
}

function readMetadata(cursor: JsonCursor): Map<string, string> {
  const metadata = new Map<string, string>();
  cursor.object((key, offset) => {
    if (metadata.has(key)) cursor.fail(`the metadata key ${quoted(key)} occurs twice`, offset);
    if (metadata.size === MAX_ENTRIES) cursor.fail(`more than ${MAX_ENTRIES} metadata`, offset);
    metadata.set(key, cursor.string());
  });
  return metadata;
}

function readTensor(cursor: JsonCursor, name: string, offset: number): ListedTensor {
  let dtype: DType | null = null;
  let shape: number[] | null = null;
  let range: number[] | null = null;
  cursor.object((key, keyOffset) => {
    if (key === "dtype" && dtype === null) dtype = readDType(cursor, name);
    else if (key === "shape" && shape === null) shape = cursor.integers(MAX_DIMENSIONS);
    else if (key === "data_offsets" && range === null) range = cursor.integers(2);
    else
      cursor.fail(
        `tensor ${quoted(name)} has an unknown or repeated key ${quoted(key)}`,
        keyOffset,
      );
  });
  return place(cursor, offset, name, dtype, shape, range);
}

function place(
  cursor: JsonCursor,
  offset: number,
  name: string,
  dtype: DType | null,
  shape: number[] | null,
  range: number[] | null,
): ListedTensor {
  if (dtype === null || shape === null || range?.length !== 2)
    return cursor.fail(`tensor ${quoted(name)} lacks its dtype, shape or two data_offsets`, offset);
  const [begin, end] = range;
  const parameters = elementCount(shape);
  const bytes = tensorBytes(dtype, parameters);
  if (Number.isNaN(bytes))
    cursor.fail(
      `the shape of ${quoted(name)} is too large or holds no whole bytes of ${dtype}`,
      offset,
    );
  if (end - begin !== bytes)
    cursor.fail(
      `tensor ${quoted(name)} of ${parameters} ${dtype} needs ${bytes} bytes but its data_offsets give ${end - begin}`,
      offset,
    );
  return { name, role: roleOfName(name), dtype, shape, parameters, begin, end };
}

function readDType(cursor: JsonCursor, name: string): DType {
  const offset = cursor.offset;
  const dtype = cursor.string();
  if (!isDType(dtype))
    return cursor.fail(`tensor ${quoted(name)} has the unknown dtype ${quoted(dtype)}`, offset);
  return dtype;
}
