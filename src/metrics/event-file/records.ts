import { open, type FileHandle } from "node:fs/promises";
import { crc32c, masked } from "../../checkpoint/crc32c";
import { MetricError } from "../error";

/** A record of a TFRecord file. */
export interface TFRecord {
  readonly offset: number;
  readonly data: Uint8Array;
}

/** Records of scalars take some hundred bytes; larger ones hold graphs and images, which nobody asks for here. */
const MOST_BYTES = 1 << 20;

/**
 * Records of a TFRecord file (tensorflow/core/lib/io/record_writer.h): length as u64, its masked CRC-32C, the data,
 * their masked CRC-32C. Records of more than a MiB are passed over. A last one that is not whole ends the file: a
 * program may be writing it, or was killed.
 * @throws MetricError where a checksum is wrong or the file cannot be read
 */
export async function* recordsOf(file: string): AsyncGenerator<TFRecord> {
  let handle: FileHandle;
  try {
    handle = await open(file, "r");
  } catch (error) {
    throw new MetricError(file, `cannot be read: ${(error as Error).message}`, null, {
      cause: error,
    });
  }
  try {
    const { size } = await handle.stat();
    const window = new ReadWindow(handle, size);
    for (let offset = 0; offset + 16 <= size;) {
      const head = await window.read(offset, 12);
      const length = Number(head.getBigUint64(0, true));
      if (masked(crc32c(bytesOf(head).subarray(0, 8))) !== head.getUint32(8, true))
        throw new MetricError(
          file,
          "no TFRecord: the checksum of its length is wrong",
          `byte ${offset}`,
        );
      if (length > size - offset - 16) return;
      if (length <= MOST_BYTES) {
        const body = await window.read(offset + 12, length + 4);
        const data = bytesOf(body).subarray(0, length);
        if (masked(crc32c(data)) !== body.getUint32(length, true))
          throw new MetricError(
            file,
            "a damaged TFRecord: its checksum is wrong",
            `byte ${offset}`,
          );
        yield { offset: offset + 12, data };
      }
      offset += length + 16;
    }
  } finally {
    await handle.close();
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: DataView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Reads a file in large blocks, given ranges that lie one behind the other. */
class ReadWindow {
  private block = Buffer.alloc(0);
  private start = 0;

  constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
  ) {}

  /** A view that the next call may overwrite. The range lies within the size. */
  async read(offset: number, length: number): Promise<DataView> {
    if (offset < this.start || offset + length > this.start + this.block.length) {
      const block = Buffer.alloc(Math.min(Math.max(length, 1 << 16), this.size - offset));
      let filled = 0;
      while (filled < block.length) {
        const { bytesRead } = await this.handle.read(
          block,
          filled,
          block.length - filled,
          offset + filled,
        );
        // Cut short while it was read: zeros fail the checksum.
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      this.block = block;
      this.start = offset;
    }
    return new DataView(this.block.buffer, this.block.byteOffset + offset - this.start, length);
  }
}
