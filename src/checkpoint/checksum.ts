import { crc32 } from "node:zlib";
import type { ByteSource } from "./byte-source";
import type { Checkpoint } from "./checkpoint";
import { crc32c, masked } from "./crc32c";
import { CheckpointError } from "./error";
import { quoted } from "./quoted";

/** A checksum that a file stores of some of its bytes. */
export interface StoredChecksum {
  /** What it is of, such as a tensor or an entry of an archive. */
  readonly name: string;
  /** CRC-32 as in zip files, or CRC-32C masked as TensorFlow does. */
  readonly kind: "crc32" | "masked crc32c";
  readonly value: number;
  readonly source: ByteSource;
  readonly offset: number;
  readonly bytes: number;
}

const BLOCK = 1 << 22;

/**
 * Reads all bytes of a checkpoint that it stores checksums of, in blocks.
 * @returns how many checksums there are, all right
 * @throws CheckpointError at the first that is wrong
 */
export async function verifyChecksums(checkpoint: Checkpoint): Promise<number> {
  const checksums = await checkpoint.checksums();
  for (const checksum of checksums) {
    const { name, source, offset, bytes, value } = checksum;
    const found = await compute(checksum);
    // Else each of thousands of deflated entries would keep its window.
    if (source.diskFile === null) await source.close();
    if (found !== value)
      throw new CheckpointError(
        source.path,
        `the ${bytes} bytes of ${quoted(name)} are damaged: their checksum is wrong`,
        source.diskFile === null ? null : offset,
      );
  }
  return checksums.length;
}

async function compute({ kind, source, offset, bytes }: StoredChecksum): Promise<number> {
  const update = kind === "crc32" ? crc32 : crc32c;
  const block = new Uint8Array(Math.min(BLOCK, bytes));
  let crc = 0;
  for (let done = 0; done < bytes; done += block.length) {
    const part = block.subarray(0, Math.min(block.length, bytes - done));
    await source.read(part, offset + done);
    crc = update(part, crc);
  }
  return kind === "crc32" ? crc : masked(crc);
}
