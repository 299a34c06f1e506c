import { crc32c, masked } from "../../../src/checkpoint/crc32c";

/** A TFRecord around data, with right checksums. */
export function framed(data: Uint8Array): Uint8Array {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(data.length));
  const word = (value: number) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(value);
    return bytes;
  };
  return Buffer.concat([length, word(masked(crc32c(length))), data, word(masked(crc32c(data)))]);
}

/** A protobuf field of bytes, of a varint, or of 32 bits as they are. */
export function field(number: number, value: Uint8Array | bigint | { float: number }): Uint8Array {
  if (typeof value === "bigint") return Buffer.concat([varint(BigInt(number << 3)), varint(value)]);
  if (value instanceof Uint8Array)
    return Buffer.concat([varint(BigInt((number << 3) | 2)), varint(BigInt(value.length)), value]);
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value.float);
  return Buffer.concat([varint(BigInt((number << 3) | 5)), bytes]);
}

function varint(value: bigint): Uint8Array {
  const bytes: number[] = [];
  for (let rest = BigInt.asUintN(64, value); ; rest >>= 7n) {
    const more = rest >= 128n;
    bytes.push(Number(rest & 127n) | (more ? 128 : 0));
    if (!more) return Uint8Array.from(bytes);
  }
}

/** An Event with one simple value. */
export function event(tag: string, step: bigint, value: number): Uint8Array {
  const inner = Buffer.concat([field(1, Buffer.from(tag)), field(2, { float: value })]);
  return Buffer.concat([field(2, step), field(5, field(1, inner))]);
}
