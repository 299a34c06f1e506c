import { halves } from "../../checkpoint/decode";
import { readVarint, asInteger, type WireField } from "../../checkpoint/formats/protobuf/wire";

/** Fields of TensorProto (tensorflow/core/framework/tensor.proto). */
const [DTYPE, SHAPE, CONTENT] = [1, 2, 4];

/** How a number of a DataType (types.proto) lies in `tensor_content`, and in which field it lies otherwise. */
interface Layout {
  readonly bytes: number;
  readonly field: number;
  readonly read: (view: DataView) => number;
}

const half = (bits: number) => halves()[bits];
const brain = (bits: number) => {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
};
const layouts: ReadonlyMap<number, Layout> = new Map([
  [1, { bytes: 4, field: 5, read: (view) => view.getFloat32(0, true) }],
  [2, { bytes: 8, field: 6, read: (view) => view.getFloat64(0, true) }],
  [3, { bytes: 4, field: 7, read: (view) => view.getInt32(0, true) }],
  [9, { bytes: 8, field: 10, read: (view) => Number(view.getBigInt64(0, true)) }],
  [14, { bytes: 2, field: 13, read: (view) => brain(view.getUint16(0, true)) }],
  [19, { bytes: 2, field: 13, read: (view) => half(view.getUint16(0, true)) }],
] satisfies [number, Layout][]);

/**
 * The number of a TensorProto that holds one; null where it holds more, none, or no number of a known type.
 * @param fields reads a message, and throws where it is none
 */
export function scalarOf(
  tensor: Uint8Array,
  fields: (bytes: Uint8Array) => Iterable<WireField>,
): number | null {
  const listed = [...fields(tensor)];
  const layout = layouts.get(listed.findLast(({ number }) => number === DTYPE)?.value ?? 0);
  const shape = listed.findLast(({ number, wire }) => number === SHAPE && wire === 2);
  if (!layout || (shape && !isOne(tensor.subarray(shape.start, shape.end), fields))) return null;
  const content = listed.findLast(({ number, wire }) => number === CONTENT && wire === 2);
  if (content && content.end > content.start)
    return content.end - content.start === layout.bytes
      ? layout.read(viewOf(tensor, content))
      : null;
  const value = listed.findLast(({ number }) => number === layout.field);
  return value ? valueOf(tensor, value, layout) : null;
}

/** Whether all sizes of a TensorShapeProto are 1. */
function isOne(shape: Uint8Array, fields: (bytes: Uint8Array) => Iterable<WireField>): boolean {
  for (const { number, wire, start, end } of fields(shape)) {
    if (number !== 2 || wire !== 2) continue;
    // A size that is left out is 0.
    const size = [...fields(shape.subarray(start, end))].findLast((field) => field.number === 1);
    if (size?.value !== 1) return false;
  }
  return true;
}

/** Of a field of numbers, packed or alone: floats lie as they are, integers and halves as varints. */
function valueOf(tensor: Uint8Array, field: WireField, layout: Layout): number | null {
  const isFloat = layout.field === 5 || layout.field === 6;
  if (isFloat)
    return field.end - field.start === layout.bytes ? layout.read(viewOf(tensor, field)) : null;
  const varint =
    field.wire === 0 || field.wire === 2
      ? readVarint(tensor.subarray(0, field.end), field.start)
      : null;
  if (varint?.next !== field.end) return null;
  if (layout.field !== 13) return asInteger(varint);
  const bits = new DataView(new ArrayBuffer(2));
  bits.setUint16(0, varint.low & 0xffff, true);
  return layout.read(bits);
}

function viewOf({ buffer, byteOffset }: Uint8Array, { start, end }: WireField): DataView {
  return new DataView(buffer, byteOffset + start, end - start);
}
