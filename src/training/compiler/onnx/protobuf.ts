/**
 * The part of Protocol Buffers' wire format that ONNX files need: fields are tag and payload, messages
 * are their fields' concatenation (https://protobuf.dev/programming-guides/encoding).
 */

function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128);
    rest >>= 7n;
  }
  bytes.push(Number(rest));
  return Buffer.from(bytes);
}

export function message(...fields: readonly Buffer[]): Buffer {
  return Buffer.concat(fields);
}

/** A field holding an integer (int32, int64 or an enumeration). */
export function integer(field: number, value: number): Buffer {
  return Buffer.concat([varint(field * 8), varint(value)]);
}

/** A field holding a float. */
export function float(field: number, value: number): Buffer {
  const payload = Buffer.alloc(4);
  payload.writeFloatLE(value);
  return Buffer.concat([varint(field * 8 + 5), payload]);
}

/** A field holding a string, bytes or a message. */
export function bytes(field: number, payload: string | Uint8Array): Buffer {
  const data = typeof payload === "string" ? Buffer.from(payload, "utf8") : payload;
  return Buffer.concat([varint(field * 8 + 2), varint(data.byteLength), data]);
}
