import type { ByteSource } from "../../byte-source";
import { H5File } from "./h5-file";

const SIGNATURE = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];
/** A user block before the signature doubles in size; no reader looks further. */
const LAST_START = 1 << 20;

export function hasSignature(bytes: Uint8Array): boolean {
  return SIGNATURE.every((byte, i) => bytes[i] === byte);
}

/**
 * Reads the superblock (HDF5 File Format Specification 3.0, II.A), of versions 0 to 3.
 * @param start where the HDF5 file begins in `source`
 * @returns the file, and the address of the root group's object header
 * @throws CheckpointError
 */
export async function openH5(
  source: ByteSource,
  start: number,
  size: number,
): Promise<{ file: H5File; root: number }> {
  for (
    let block = 0;
    block <= LAST_START && block + 8 <= size;
    block = block === 0 ? 512 : 2 * block
  ) {
    const signature = new Uint8Array(8);
    await source.read(signature, start + block);
    if (hasSignature(signature)) return readSuperblock(source, start + block, size - block);
  }
  return new H5File(source, start, size).fail("no HDF5 signature", 0);
}

async function readSuperblock(
  source: ByteSource,
  start: number,
  size: number,
): Promise<{ file: H5File; root: number }> {
  const outer = new H5File(source, start, size);
  const cursor = (await outer.cursor(0, Math.min(160, size))).skip(8);
  const version = cursor.uint(1);
  if (version > 3) outer.fail(`version ${version} of the format`, 8);
  if (version < 2) cursor.skip(4);
  const [offsetBytes, lengthBytes] = [cursor.uint(1), cursor.uint(1)];
  for (const width of [offsetBytes, lengthBytes])
    if (![2, 4, 8].includes(width)) outer.fail(`numbers of ${width} bytes`, 9);
  outer.offsetBytes = offsetBytes;
  outer.lengthBytes = lengthBytes;
  // Behind the sizes lie the group's tree's and consistency flags, until version 2 the flags alone.
  const flags = version < 2 ? 9 : 1;
  const fields = (await outer.cursor(0, Math.min(160, size))).skip(cursor.offset + flags);
  if (version === 1) fields.skip(4);
  // Base address, free space or extension, end of file: the library too takes the signature's place as the base.
  fields.skip(3 * offsetBytes);
  // Until version 2 a driver's block, then a symbol table entry that begins with the name's place.
  if (version < 2) fields.skip(2 * offsetBytes);
  const root = fields.address();
  if (root === null) return outer.fail("no root group", 0);
  return { file: outer, root };
}
