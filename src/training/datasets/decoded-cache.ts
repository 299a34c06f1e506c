import { mkdir, open, readdir, rm, stat, utimes, type FileHandle } from "node:fs/promises";
import path from "node:path";
import { crc32 } from "node:zlib";

const suffix = ".images";
const checkBytes = 4;

/** Open ones by their files: they stay open as long as the process. */
const opened = new Map<string, DecodedCache>();

export interface CacheLimits {
  readonly folder: string;
  /** Bytes that all caches in the folder may take together. */
  readonly limit: number;
}

/**
 * Decoded images of one dataset at one size: a sparse file of records, `size` bytes and their CRC-32. A record whose
 * check fails is not there yet, or is being written by another trainer: both write the same bytes, so nobody waits.
 * Beyond the limit other datasets' caches go, those used longest ago first; of a cache larger than the limit its first
 * records are kept. It never stops a training: where the disk refuses, images are decoded again.
 */
export class DecodedCache {
  private constructor(
    private readonly handle: FileHandle,
    private readonly size: number,
    private readonly records: number,
  ) {}

  /**
   * @param key names the content: the data's SHA-256, the part and the images' shape
   * @param size bytes of an image
   * @returns null where no file can be made
   */
  static async open(
    { folder, limit }: CacheLimits,
    key: string,
    count: number,
    size: number,
  ): Promise<DecodedCache | null> {
    const file = path.join(folder, `${key}${suffix}`);
    const known = opened.get(file);
    if (known) return known;
    const records = Math.min(count, Math.floor(limit / (size + checkBytes)));
    if (records === 0) return null;
    try {
      await mkdir(folder, { recursive: true });
      await makeRoom(folder, file, limit - records * (size + checkBytes));
      // Opened without truncation, and made where it is not there.
      const handle = await open(file, "a").then(async (made) => {
        await made.close();
        return open(file, "r+");
      });
      await utimes(file, new Date(), new Date());
      const cache = new DecodedCache(handle, size, records);
      opened.set(file, cache);
      return cache;
    } catch {
      return null;
    }
  }

  /** An image; null where it is not there. */
  async read(index: number): Promise<Uint8Array | null> {
    if (index >= this.records) return null;
    const length = this.size + checkBytes;
    const record = Buffer.allocUnsafe(length);
    try {
      const { bytesRead } = await this.handle.read(record, 0, length, index * length);
      const bytes = record.subarray(0, this.size);
      const whole = bytesRead === length && record.readUInt32LE(this.size) === checkOf(bytes);
      return whole ? bytes : null;
    } catch {
      return null;
    }
  }

  async write(index: number, bytes: Uint8Array): Promise<void> {
    if (index >= this.records) return;
    const length = this.size + checkBytes;
    const record = Buffer.allocUnsafe(length);
    record.set(bytes);
    record.writeUInt32LE(checkOf(bytes), this.size);
    await this.handle.write(record, 0, length, index * length).catch(() => undefined);
  }
}

/** Started from 1, so that a hole in the file, all zeros, is no record of a black image. */
function checkOf(bytes: Uint8Array): number {
  return crc32(bytes, 1);
}

/** Removes caches other than `own`, the longest unused first, until what is left takes `allowed` bytes. */
async function makeRoom(folder: string, own: string, allowed: number): Promise<void> {
  const others: { file: string; bytes: number; used: number }[] = [];
  for (const name of await readdir(folder)) {
    const file = path.join(folder, name);
    if (!name.endsWith(suffix) || file === own) continue;
    const { size, mtimeMs } = await stat(file);
    others.push({ file, bytes: size, used: mtimeMs });
  }
  others.sort((a, b) => b.used - a.used);
  let taken = 0;
  for (const { file, bytes } of others) {
    taken += bytes;
    // One that is open elsewhere cannot be removed on Windows: it goes another time.
    if (taken > allowed) await rm(file, { force: true }).catch(() => undefined);
  }
}
