import { ByteCursor } from "../../byte-cursor";
import type { TensorInfo } from "../../checkpoint";
import { blockOf } from "../../dtype";
import { MAX_TENSORS } from "../../limits";
import { quoted } from "../../quoted";
import { elementCount } from "../../shape";

import { readValue } from "./metadata";
import { ggmlTypes } from "./types";

export interface GgufHeader {
  readonly metadata: ReadonlyMap<string, string>;
  /** Offsets count from `dataStart`. */
  readonly tensors: readonly (TensorInfo & { readonly offset: number })[];
  readonly dataStart: number;
}

const MAX_DIMENSIONS = 8;
const DEFAULT_ALIGNMENT = 32;

/**
 * Reads a GGUF header (ggml/docs/gguf.md): magic, version, counts, key-value pairs, tensors.
 * @throws ParseError
 */
export function readGgufHeader(bytes: Uint8Array): GgufHeader {
  const cursor = new ByteCursor(bytes);
  cursor.take(4);
  const version = cursor.u32();
  if (version === 0x02000000 || version === 0x03000000) cursor.fail("big-endian GGUF is not read");
  if (version !== 2 && version !== 3) cursor.fail(`the unknown GGUF version ${version}`);
  const tensorCount = cursor.length64();
  const pairs = cursor.length64();
  if (tensorCount > MAX_TENSORS || pairs > MAX_TENSORS)
    cursor.fail(`more than ${MAX_TENSORS} tensors or keys`);
  const metadata = new Map<string, string>();
  let alignment = DEFAULT_ALIGNMENT;
  for (let i = 0; i < pairs; i++) {
    const key = cursor.utf8(cursor.length64());
    if (metadata.has(key)) cursor.fail(`the key ${quoted(key)} occurs twice`);
    const value = readValue(cursor, cursor.u32());
    if (key === "general.alignment") alignment = Number(value);
    metadata.set(key, value);
  }
  if (!(alignment >= 1 && alignment <= 1 << 24 && Number.isInteger(Math.log2(alignment))))
    cursor.fail("an alignment that is no power of two");
  const tensors = [];
  for (let i = 0; i < tensorCount; i++) tensors.push(readTensor(cursor));
  return { metadata, tensors, dataStart: Math.ceil(cursor.offset / alignment) * alignment };
}

function readTensor(cursor: ByteCursor): TensorInfo & { readonly offset: number } {
  const name = cursor.utf8(cursor.length64());
  const dimensions = cursor.u32();
  if (dimensions > MAX_DIMENSIONS) cursor.fail(`${quoted(name)} has ${dimensions} dimensions`);
  const sizes = Array.from({ length: dimensions }, () => cursor.length64());
  const type = cursor.u32();
  const dtype = ggmlTypes.get(type);
  if (!dtype) return cursor.fail(`${quoted(name)} has the unknown type ${type}`);
  // The fastest axis comes first, and blocks do not go beyond it.
  if ((sizes[0] ?? 1) % blockOf(dtype).elements !== 0)
    cursor.fail(`the rows of ${quoted(name)} do not fill blocks of ${dtype}`);
  const shape = sizes.reverse();
  const parameters = elementCount(shape);
  return { name, role: "weight", dtype, shape, parameters, offset: cursor.length64() };
}
