import type { ByteSource } from "../../byte-source";
import { crc32c, masked } from "../../crc32c";
import { CheckpointError } from "../../error";
import { asInteger, readVarint } from "../protobuf/wire";
import { decompressSnappy } from "./snappy";

const FOOTER_BYTES = 48;
const TRAILER_BYTES = 5;
const MAGIC = 0xdb4775248b80fb57n;
/** TensorFlow writes blocks of 256 KiB, and one for all of the index. */
const MAX_BLOCK_BYTES = 1 << 28;

interface BlockHandle {
  readonly offset: number;
  readonly size: number;
}

/** An entry of a table. */
export interface TableEntry {
  /** Of one character for each byte. */
  readonly key: string;
  readonly value: Uint8Array;
  /** Of its block in the file. */
  readonly offset: number;
}

/** Whether a file ends as a LevelDB table does. */
export async function isTable(file: ByteSource): Promise<boolean> {
  const size = await file.size();
  if (size < FOOTER_BYTES) return false;
  const magic = new DataView(new ArrayBuffer(8));
  await file.read(new Uint8Array(magic.buffer), size - 8);
  return magic.getBigUint64(0, true) === MAGIC;
}

/**
 * Entries of a LevelDB table in their order (doc/table_format.md of google/leveldb). Every block's checksum is
 * checked; blocks may be compressed with Snappy.
 * @throws CheckpointError
 */
export async function* tableEntries(file: ByteSource): AsyncGenerator<TableEntry> {
  const size = await file.size();
  const footer = new Uint8Array(FOOTER_BYTES);
  await file.read(footer, size - FOOTER_BYTES);
  const fail = (reason: string, offset: number): never => {
    throw new CheckpointError(file.path, `index: ${reason}`, offset);
  };
  const metaIndex = readHandle(footer, 0);
  const index = metaIndex && readHandle(footer, metaIndex.next);
  if (!index) return fail("a footer without block handles", size - FOOTER_BYTES);
  let behind = 0;
  for (const { value } of blockEntries(await readBlock(index), index.offset, fail)) {
    const handle = readHandle(value, 0);
    if (!handle) return fail("a block handle that is none", index.offset);
    // Blocks come in order, so that a small file cannot name one block many times.
    if (handle.offset < behind) return fail("blocks that overlap", handle.offset);
    behind = handle.offset + handle.size;
    yield* blockEntries(await readBlock(handle), handle.offset, fail);
  }

  async function readBlock({ offset, size: length }: BlockHandle): Promise<Uint8Array> {
    if (length > MAX_BLOCK_BYTES || offset + length + TRAILER_BYTES > size - FOOTER_BYTES)
      return fail("a block that does not lie in the file", Math.min(offset, size));
    const block = new Uint8Array(length + TRAILER_BYTES);
    await file.read(block, offset);
    const crc = new DataView(block.buffer).getUint32(length + 1, true);
    if (crc !== masked(crc32c(block.subarray(0, length + 1))))
      return fail("a block whose checksum is wrong", offset);
    const contents = block.subarray(0, length);
    if (block[length] === 0) return contents;
    if (block[length] !== 1) return fail("a block of an unknown compression", offset);
    return decompressSnappy(contents, (reason) => fail(reason, offset));
  }
}

function readHandle(bytes: Uint8Array, at: number): (BlockHandle & { next: number }) | null {
  const offset = readVarint(bytes, at);
  const size = offset && readVarint(bytes, offset.next);
  if (!size || !(asInteger(offset) >= 0) || !(asInteger(size) >= 0)) return null;
  return { offset: asInteger(offset), size: asInteger(size), next: size.next };
}

/** Entries share their key's beginning with the one before; behind them lie restart points, which we do not need. */
function* blockEntries(
  block: Uint8Array,
  offset: number,
  fail: (reason: string, offset: number) => never,
): Generator<TableEntry> {
  if (block.length < 4) return fail("a block without restart points", offset);
  const restarts = new DataView(block.buffer, block.byteOffset + block.length - 4).getUint32(
    0,
    true,
  );
  const end = block.length - 4 - 4 * restarts;
  if (end < 0) return fail("a block with too many restart points", offset);
  let key = "";
  for (let at = 0; at < end;) {
    const shared = readVarint(block, at);
    const fresh = shared && readVarint(block, shared.next);
    const length = fresh && readVarint(block, fresh.next);
    if (!length || shared.high + fresh.high + length.high > 0 || shared.low > key.length)
      return fail("an entry whose lengths are wrong", offset);
    const valueAt = length.next + fresh.low;
    at = valueAt + length.low;
    if (at > end) return fail("an entry that passes the end of its block", offset);
    key = key.slice(0, shared.low) + latin1(block.subarray(length.next, valueAt));
    yield { key, value: block.subarray(valueAt, at), offset };
  }
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
