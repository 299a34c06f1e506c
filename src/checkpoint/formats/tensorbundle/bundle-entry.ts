import { messageFields } from "../protobuf/wire";
import type { Extent } from "./slice-key";

/** A BundleEntryProto (tensorflow/core/protobuf/tensor_bundle.proto): where a tensor lies. */
export interface BundleEntry {
  /** DataType of types.proto. */
  readonly dataType: number;
  readonly shape: readonly number[];
  readonly shard: number;
  readonly offset: number;
  readonly size: number;
  /** CRC-32C of its bytes, masked; null where there is none. */
  readonly checksum: number | null;
  /** Parts of a partitioned tensor, which have entries of their own; empty for others. */
  readonly slices: readonly (readonly Extent[])[];
}

export interface BundleHeader {
  readonly shards: number;
  readonly bigEndian: boolean;
}

type Fail = (reason: string) => never;
const MAX_DIMENSIONS = 64;

export function readHeader(bytes: Uint8Array, fail: Fail): BundleHeader {
  let shards = 0;
  let bigEndian = false;
  for (const { number, wire, value } of messageFields(bytes, fail)) {
    if (number === 1 && wire === 0) shards = value;
    if (number === 2 && wire === 0) bigEndian = value === 1;
  }
  return { shards, bigEndian };
}

export function readEntry(bytes: Uint8Array, fail: Fail): BundleEntry {
  let [dataType, shard, offset, size] = [0, 0, 0, 0];
  let shape: number[] = [];
  const slices: Extent[][] = [];
  let checksum: number | null = null;
  for (const { number, wire, value, start, end } of messageFields(bytes, fail)) {
    if (wire === 0) {
      if (number === 1) dataType = value;
      if (number === 3) shard = value;
      if (number === 4) offset = value;
      if (number === 5) size = value;
    } else if (wire === 5) {
      if (number === 6) checksum = Buffer.from(bytes.subarray(start, end)).readUInt32LE();
    } else if (wire === 2) {
      if (number === 2) shape = readShape(bytes.subarray(start, end), fail);
      if (number === 7) slices.push(readSlice(bytes.subarray(start, end), fail));
    }
  }
  if (!(shard >= 0 && offset >= 0 && size >= 0)) fail("an entry of impossible numbers");
  return { dataType, shape, shard, offset, size, checksum, slices };
}

/** A TensorShapeProto. */
function readShape(bytes: Uint8Array, fail: Fail): number[] {
  const shape: number[] = [];
  for (const { number, wire, start, end } of messageFields(bytes, fail)) {
    if (number !== 2 || wire !== 2) continue;
    let size = 0;
    for (const field of messageFields(bytes.subarray(start, end), fail))
      if (field.number === 1 && field.wire === 0) size = field.value;
    shape.push(size);
    if (shape.length > MAX_DIMENSIONS || !(size >= 0)) fail("a shape that is none");
  }
  return shape;
}

/** A TensorSliceProto; an extent without a length takes the whole axis. */
function readSlice(bytes: Uint8Array, fail: Fail): Extent[] {
  const extents: Extent[] = [];
  for (const { number, wire, start, end } of messageFields(bytes, fail)) {
    if (number !== 1 || wire !== 2) continue;
    let extent: Extent = { start: 0, length: -1 };
    for (const field of messageFields(bytes.subarray(start, end), fail)) {
      if (field.number === 1 && field.wire === 0) extent = { ...extent, start: field.value };
      if (field.number === 2 && field.wire === 0) extent = { ...extent, length: field.value };
    }
    if (Number.isNaN(extent.start + extent.length) || extents.length === MAX_DIMENSIONS)
      fail("a part of impossible numbers");
    extents.push(extent);
  }
  return extents;
}
