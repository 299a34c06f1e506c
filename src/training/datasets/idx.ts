import { readFile } from "node:fs/promises";

/** An array of unsigned bytes from an IDX file. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/**
 * Reads an IDX file of unsigned bytes (LeCun's MNIST format: two zero bytes, type 0x08, rank, big-endian
 * 32-bit sizes, values).
 * @throws Error with the file's name and the offset where it is not such a file or is cut short.
 */
export async function readIdx(file: string, rank: number): Promise<IdxArray> {
  const bytes = await readFile(file);
  const bad = (offset: number, reason: string) => new Error(`${file}, byte ${offset}: ${reason}`);
  const headerLength = 4 + 4 * rank;
  if (bytes.length < headerLength)
    throw bad(bytes.length, `the file ends inside its ${headerLength}-byte header`);
  const magic = bytes.readUInt32BE(0);
  if (magic !== 0x0800 + rank)
    throw bad(
      0,
      `magic number 0x${magic.toString(16)} is not that of unsigned bytes of rank ${rank}`,
    );
  const shape = Array.from({ length: rank }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const expected = shape.reduce((product, size) => product * size, 1);
  if (bytes.length - headerLength !== expected)
    throw bad(
      headerLength,
      `${expected} values were announced, ${bytes.length - headerLength} are there`,
    );
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + headerLength, expected) };
}
