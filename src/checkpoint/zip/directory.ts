import type { ByteSource } from "../byte-source";
import { CheckpointError } from "../error";
import { quoted } from "../quoted";

/** A file in a zip file, as the central directory lists it (APPNOTE 6.3, 4.3.12). */
export interface ZipEntry {
  readonly name: string;
  /** 0 is stored, 8 deflated. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly compressedSize: number;
  readonly size: number;
  /** Of the content. */
  readonly crc32: number;
  /** Of its local header. */
  readonly headerOffset: number;
}

const END_BYTES = 22;
const MAX_COMMENT = 0xffff;
const LOCATOR_BYTES = 20;
const END64_BYTES = 56;
const ENTRY_BYTES = 46;
/** Far above any checkpoint's, whose directories have one entry per tensor. */
const MAX_DIRECTORY_BYTES = 1 << 26;
/** Deflate cannot do better. */
const MAX_RATIO = 1032;

/**
 * Reads the central directory of a zip file, with its 64-bit extensions.
 * @throws CheckpointError where anything in it is impossible
 */
export async function readDirectory(file: ByteSource): Promise<ReadonlyMap<string, ZipEntry>> {
  const { offset, bytes, count } = await findDirectory(file);
  const directory = Buffer.alloc(bytes);
  await file.read(directory, offset);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    const fail = (reason: string): never => {
      throw new CheckpointError(file.path, `zip directory: ${reason}`, offset + at);
    };
    if (at + ENTRY_BYTES > bytes || directory.readUInt32LE(at) !== 0x02014b50)
      fail("an entry is missing");
    const extraStart = at + ENTRY_BYTES + directory.readUInt16LE(at + 28);
    const extraEnd = extraStart + directory.readUInt16LE(at + 30);
    const next = extraEnd + directory.readUInt16LE(at + 32);
    if (next > bytes) fail("an entry goes beyond its end");
    const name = directory.toString("utf8", at + ENTRY_BYTES, extraStart);
    const [size, compressedSize, headerOffset] = wideFields(
      directory.subarray(extraStart, extraEnd),
      [20, 24, 42].map((field) => directory.readUInt32LE(at + field)),
    );
    const entry = {
      name,
      method: directory.readUInt16LE(at + 10),
      encrypted: (directory.readUInt16LE(at + 8) & 1) !== 0,
      compressedSize,
      size,
      crc32: directory.readUInt32LE(at + 16),
      headerOffset,
    };
    if (![size, compressedSize, headerOffset].every((value) => Number.isSafeInteger(value)))
      fail(`${quoted(name)} has an impossible size or place`);
    if (compressedSize > offset || size > compressedSize * MAX_RATIO)
      fail(`${quoted(name)} has an impossible size`);
    if (entries.has(name)) fail(`${quoted(name)} occurs twice`);
    entries.set(name, entry);
    at = next;
  }
  return entries;
}

/** Size, compressed size and offset, each taken from the ZIP64 extra field where 32 bits do not hold it. */
function wideFields(
  extra: Buffer,
  [compressedSize, size, headerOffset]: readonly number[],
): [number, number, number] {
  const fields: [number, number, number] = [size, compressedSize, headerOffset];
  for (let at = 0; at + 4 <= extra.length;) {
    const end = at + 4 + extra.readUInt16LE(at + 2);
    if (extra.readUInt16LE(at) === 1) {
      let from = at + 4;
      fields.forEach((value, i) => {
        if (value !== 0xffffffff) return;
        fields[i] =
          from + 8 <= Math.min(end, extra.length) ? Number(extra.readBigUInt64LE(from)) : NaN;
        from += 8;
      });
      break;
    }
    at = end;
  }
  return fields;
}

async function findDirectory(
  file: ByteSource,
): Promise<{ offset: number; bytes: number; count: number }> {
  const fileBytes = await file.size();
  const tailStart = Math.max(0, fileBytes - END_BYTES - MAX_COMMENT - LOCATOR_BYTES);
  const tail = Buffer.alloc(fileBytes - tailStart);
  await file.read(tail, tailStart);
  let end = tail.length - END_BYTES;
  while (end >= 0 && !isEnd(tail, end)) end--;
  if (end < 0)
    throw new CheckpointError(
      file.path,
      "a zip file without its directory; it may be cut off",
      fileBytes,
    );
  let behind = tailStart + end;
  let count = tail.readUInt16LE(end + 10);
  let bytes = tail.readUInt32LE(end + 12);
  let offset = tail.readUInt32LE(end + 16);
  if (end >= LOCATOR_BYTES && tail.readUInt32LE(end - LOCATOR_BYTES) === 0x07064b50) {
    behind = Number(tail.readBigUInt64LE(end - LOCATOR_BYTES + 8));
    const end64 = Buffer.alloc(END64_BYTES);
    if (behind + END64_BYTES > fileBytes)
      throw new CheckpointError(file.path, "a zip file whose directory lies outside it", fileBytes);
    await file.read(end64, behind);
    if (end64.readUInt32LE(0) !== 0x06064b50)
      throw new CheckpointError(file.path, "a zip file without its 64-bit end record", behind);
    count = Number(end64.readBigUInt64LE(32));
    bytes = Number(end64.readBigUInt64LE(40));
    offset = Number(end64.readBigUInt64LE(48));
  }
  if (offset + bytes > behind || count * ENTRY_BYTES > bytes || bytes > MAX_DIRECTORY_BYTES)
    throw new CheckpointError(file.path, "a zip file with an impossible directory", behind);
  return { offset, bytes, count };
}

function isEnd(tail: Buffer, at: number): boolean {
  return (
    tail.readUInt32LE(at) === 0x06054b50 &&
    at + END_BYTES + tail.readUInt16LE(at + 20) <= tail.length
  );
}
