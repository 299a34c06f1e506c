import type { ByteSource, Folder } from "../../src/checkpoint/byte-source";
import { isPlainName } from "../../src/checkpoint/disk-folder";
import { CheckpointError } from "../../src/checkpoint/error";

/** Bytes in memory, so that thousands of broken files cost no disk. */
export class MemoryFile implements ByteSource {
  readonly diskFile = null;

  constructor(
    readonly path: string,
    private readonly bytes: Uint8Array,
  ) {}

  size(): Promise<number> {
    return Promise.resolve(this.bytes.length);
  }

  read(into: Uint8Array, position: number): Promise<void> {
    if (!Number.isSafeInteger(position) || position < 0)
      return Promise.reject(new Error(`a reader asked for position ${position}`));
    if (into.length > 0 && position + into.length > this.bytes.length)
      return Promise.reject(
        new CheckpointError(this.path, "the file ends early", this.bytes.length),
      );
    into.set(this.bytes.subarray(position, position + into.length));
    return Promise.resolve();
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** A folder of files in memory. */
export class MemoryFolder implements Folder {
  constructor(
    readonly path: string,
    private readonly files: ReadonlyMap<string, Uint8Array>,
  ) {}

  names(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()].sort());
  }

  file(name: string): ByteSource {
    const bytes = this.files.get(name);
    if (!isPlainName(name) || !bytes)
      throw new CheckpointError(this.path, `has no file of that name`);
    return new MemoryFile(`${this.path}/${name}`, bytes);
  }
}
