import type { ByteSource } from "../byte-source";
import type { StoredChecksum } from "../checksum";
import { CheckpointError } from "../error";
import { quoted } from "../quoted";
import { readDirectory, type ZipEntry } from "./directory";
import { InflatedSource } from "./inflated-source";

const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;

const archives = new WeakMap<ByteSource, Promise<ZipArchive>>();

/** Whether a file begins as a zip file with entries does. */
export function looksLikeZip(head: Uint8Array): boolean {
  return head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4;
}

/**
 * The archive in a file; its directory is read once, however many formats ask.
 * @throws CheckpointError where it is damaged
 */
export function zipArchive(file: ByteSource): Promise<ZipArchive> {
  let archive = archives.get(file);
  if (!archive) {
    archive = readDirectory(file).then((entries) => new ZipArchive(file, entries));
    archives.set(file, archive);
  }
  return archive;
}

/** A zip file: names and places of its entries. Reading does not verify their checksums. */
export class ZipArchive {
  constructor(
    readonly file: ByteSource,
    readonly entries: ReadonlyMap<string, ZipEntry>,
  ) {}

  /**
   * Where the content of an entry is read: the file itself from an offset on, or, for a deflated entry, a source that
   * inflates as it is read.
   * @throws CheckpointError
   */
  async place(entry: ZipEntry): Promise<{ source: ByteSource; offset: number }> {
    const offset = await this.dataOffset(entry);
    if (entry.method === 0) return { source: this.file, offset };
    return { source: new InflatedSource(this.file, offset, entry), offset: 0 };
  }

  /**
   * The whole content of an entry.
   * @throws CheckpointError where it is larger than `limit` bytes
   */
  async content(entry: ZipEntry, limit: number): Promise<Uint8Array> {
    if (entry.size > limit)
      throw new CheckpointError(
        this.file.path,
        `${quoted(entry.name)} of ${entry.size} bytes is larger than ${limit}`,
        entry.headerOffset,
      );
    const { source, offset } = await this.place(entry);
    const bytes = new Uint8Array(entry.size);
    await source.read(bytes, offset);
    return bytes;
  }

  /** Of all entries. */
  async checksums(): Promise<StoredChecksum[]> {
    const checksums: StoredChecksum[] = [];
    for (const entry of this.entries.values()) {
      const { name, size, crc32 } = entry;
      const place = await this.place(entry);
      checksums.push({ ...place, name, kind: "crc32", value: crc32, bytes: size });
    }
    return checksums;
  }

  /** The local header tells where the data begin: its padding differs from the directory's. */
  private async dataOffset(entry: ZipEntry): Promise<number> {
    const fail = (reason: string): never => {
      throw new CheckpointError(
        this.file.path,
        `zip entry ${quoted(entry.name)} ${reason}`,
        entry.headerOffset,
      );
    };
    const { encrypted, method, size, compressedSize, headerOffset } = entry;
    if (encrypted) fail("is encrypted");
    if (method !== 0 && method !== 8) fail(`is compressed by the unknown method ${method}`);
    if (method === 0 && size !== compressedSize) fail("has two sizes");
    const end = await this.file.size();
    if (headerOffset + LOCAL_HEADER_BYTES > end) fail("lies behind the end of the file");
    const header = new DataView(new ArrayBuffer(LOCAL_HEADER_BYTES));
    await this.file.read(new Uint8Array(header.buffer), headerOffset);
    if (header.getUint32(0, true) !== LOCAL_HEADER) fail("has no header where it should be");
    const offset =
      headerOffset + LOCAL_HEADER_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
    if (offset + compressedSize > end) fail("goes beyond the end of the file");
    return offset;
  }
}
