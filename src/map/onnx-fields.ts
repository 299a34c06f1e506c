/** Protocol buffers' wire format, as much as a small ONNX model needs: each function gives the bytes of one field. */
export type Bytes = readonly number[];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

/** A field of an integer from 0 to 2^31 - 1. */
export const integer = (field: number, value: number): Bytes => [
  ...varint(field << 3),
  ...varint(value),
];

/** A field of a message, whose own fields the parts are. */
export const message = (field: number, ...parts: readonly Bytes[]): Bytes => {
  const body = parts.flat();
  return [...varint((field << 3) | 2), ...varint(body.length), ...body];
};

/** A field of a string. */
export const text = (field: number, value: string): Bytes =>
  message(field, [...Buffer.from(value, "utf8")]);

/** onnx.proto: TensorProto.DataType.FLOAT, INT64 and DOUBLE. */
export const elementTypes = { float32: 1, int64: 7, float64: 11 };

/** onnx.proto: AttributeProto.AttributeType.INT and INTS. */
const INT = 2;
const INTS = 7;

/** AttributeProto of an integer, as a field of a NodeProto. */
export const attribute = (name: string, value: number): Bytes =>
  message(5, text(1, name), integer(3, value), integer(20, INT));

/** AttributeProto of a list of integers, as a field of a NodeProto. */
export const listAttribute = (name: string, values: readonly number[]): Bytes =>
  message(5, text(1, name), ...values.map((value) => integer(8, value)), integer(20, INTS));

/** NodeProto, as a field of a GraphProto. */
export const node = (
  operator: string,
  inputs: readonly string[],
  output: string,
  ...attributes: readonly Bytes[]
): Bytes =>
  message(
    1,
    ...inputs.map((input) => text(1, input)),
    text(2, output),
    text(4, operator),
    ...attributes,
  );

/** ValueInfoProto of a tensor whose sizes are named: an input (field 11) or output (field 12) of a GraphProto. */
export function valueInfo(
  field: 11 | 12,
  name: string,
  type: keyof typeof elementTypes,
  sizes: readonly string[],
): Bytes {
  const shape = message(2, ...sizes.map((size) => message(1, text(2, size))));
  return message(
    field,
    text(1, name),
    message(2, message(1, integer(1, elementTypes[type]), shape)),
  );
}

/** ModelProto of a graph's fields: opset 13, IR version 8. */
export function model(name: string, ...graph: readonly Bytes[]): Uint8Array {
  const opset = message(8, text(1, ""), integer(2, 13));
  return Uint8Array.from([...integer(1, 8), ...message(7, ...graph, text(2, name)), ...opset]);
}
