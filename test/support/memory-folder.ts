import type { ByteSource, Folder } from "../../src/checkpoint/byte-source";
import { isPlainName } from "../../src/checkpoint/disk-folder";
import { CheckpointError } from "../../src/checkpoint/error";
import { MemorySource } from "../../src/checkpoint/memory-source";

/** A folder of files in memory, so that thousands of broken files cost no disk. */
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
    return new MemorySource(`${this.path}/${name}`, bytes);
  }
}
