import { readdir } from "node:fs/promises";
import path from "node:path";
import type { ByteSource, Folder } from "./byte-source";
import { CheckpointError } from "./error";
import { quoted } from "./quoted";
import { RangeFile } from "./range-file";

/** A name without separators of any system, drive letters, or a step up. */
export function isPlainName(name: string): boolean {
  // eslint-disable-next-line no-control-regex -- they are what is refused
  return name !== "" && name !== "." && name !== ".." && !/[/\\:\u0000-\u001f]/.test(name);
}

/** A folder on the disk. */
export class DiskFolder implements Folder {
  constructor(readonly path: string) {}

  async names(): Promise<readonly string[]> {
    try {
      return (await readdir(this.path)).sort();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CheckpointError(this.path, `cannot be read: ${reason}`, null, { cause: error });
    }
  }

  file(name: string): ByteSource {
    if (!isPlainName(name))
      throw new CheckpointError(this.path, `${quoted(name)} is not a plain name of a file`);
    return new RangeFile(path.join(this.path, name));
  }
}
