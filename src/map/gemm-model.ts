/** Protocol buffers' wire format, as much as a small ONNX model needs: each function gives the bytes of one field. */
type Bytes = readonly number[];

function varint(value: number): Bytes {
  const bytes: number[] = [];
  for (; value > 127; value >>>= 7) bytes.push((value & 127) | 128);
  return [...bytes, value];
}

const integer = (field: number, value: number): Bytes => [...varint(field << 3), ...varint(value)];

const message = (field: number, ...parts: readonly Bytes[]): Bytes => {
  const body = parts.flat();
  return [...varint((field << 3) | 2), ...varint(body.length), ...body];
};

const text = (field: number, value: string): Bytes =>
  message(field, [...Buffer.from(value, "utf8")]);

/** onnx.proto: TensorProto.DataType.FLOAT and DOUBLE, AttributeProto.AttributeType.INT. */
const types = { float32: 1, float64: 11 };
const INT = 2;

/** Element type of a product, and which of its factors are stored transposed. */
export interface GemmOptions {
  readonly type?: keyof typeof types;
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/** ValueInfoProto of a matrix whose two sizes are named. */
function matrix(
  field: number,
  name: string,
  type: number,
  [rows, columns]: readonly [string, string],
): Bytes {
  const shape = message(2, message(1, text(2, rows)), message(1, text(2, columns)));
  return message(field, text(1, name), message(2, message(1, integer(1, type), shape)));
}

/**
 * An ONNX model of one operator: `product` [m, n] = `a` [m, k] times `b` [k, n]; what is transposed is stored with its
 * sizes swapped. By default float64 and `b` transposed. Gemm of opset 13, IR version 8 (onnx.proto's field numbers).
 */
export function gemmModel({
  type = "float64",
  transposeA = false,
  transposeB = true,
}: GemmOptions = {}): Uint8Array {
  const transpose = (name: string, on: boolean) =>
    message(5, text(1, name), integer(3, on ? 1 : 0), integer(20, INT));
  const node = message(
    1,
    text(1, "a"),
    text(1, "b"),
    text(2, "product"),
    text(4, "Gemm"),
    transpose("transA", transposeA),
    transpose("transB", transposeB),
  );
  const element = types[type];
  const graph = message(
    7,
    node,
    text(2, "gram"),
    matrix(11, "a", element, transposeA ? ["k", "m"] : ["m", "k"]),
    matrix(11, "b", element, transposeB ? ["n", "k"] : ["k", "n"]),
    matrix(12, "product", element, ["m", "n"]),
  );
  const opset = message(8, text(1, ""), integer(2, 13));
  return Uint8Array.from([...integer(1, 8), ...graph, ...opset]);
}
