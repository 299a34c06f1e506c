/** Part of a partitioned tensor along each axis; a length of -1 takes the whole axis. */
export interface Extent {
  readonly start: number;
  readonly length: number;
}

/**
 * The key under which TensorFlow keeps a part of a partitioned tensor (EncodeTensorNameSlice of
 * core/util/saved_tensor_slice_util.cc, in the OrderedCode of core/lib/strings/ordered_code.cc).
 * @param name of one character for each byte, as in the table
 */
export function sliceKey(name: string, extents: readonly Extent[]): string {
  const escaped = name.replace(/[\0\xff]/g, (c) => (c === "\0" ? "\0\xff" : "\xff\0"));
  const numbers = extents.flatMap(({ start, length }) => [start, length]);
  return `${unsigned(0)}${escaped}\0\x01${unsigned(extents.length)}${numbers.map(signed).join("")}`;
}

/** A byte of length, then the bytes from the highest that is not zero. */
function unsigned(value: number): string {
  const bytes =
    value === 0 ? [] : bigEndian(BigInt(value), Math.ceil(value.toString(16).length / 2));
  return String.fromCharCode(bytes.length, ...bytes);
}

/** Two's complement in 7 bits a byte, with as many leading ones (flipped for negative numbers) as there are bytes. */
function signed(value: number): string {
  const magnitude = BigInt(value < 0 ? -1 - value : value);
  const bits = magnitude === 0n ? 0 : magnitude.toString(2).length;
  const length = Math.max(1, Math.ceil((bits + 1) / 7));
  const header = 65536 - 2 ** (16 - length);
  const bytes = bigEndian(BigInt.asUintN(8 * length, BigInt(value)), length);
  bytes[0] ^= header >> 8;
  if (length > 1) bytes[1] ^= header & 255;
  return String.fromCharCode(...bytes);
}

function bigEndian(value: bigint, length: number): number[] {
  return Array.from({ length }, (_, i) => Number((value >> BigInt(8 * (length - 1 - i))) & 255n));
}
