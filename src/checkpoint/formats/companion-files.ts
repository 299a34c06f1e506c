import { realpath } from "node:fs/promises";
import path from "node:path";
import type { ByteSource, Folder } from "../byte-source";
import { isPlainName } from "../disk-folder";
import { CheckpointError } from "../error";
import { quoted } from "../quoted";
import { RangeFile } from "../range-file";

/** Far above any real checkpoint's number of shards. */
const MAX_FILES = 100_000;

/**
 * The files that a checkpoint's main file names, each opened once. A name that leaves the main file's folder, by its
 * text or through links, is refused: a checkpoint from elsewhere must not make us read the user's other files.
 */
export class CompanionFiles {
  private readonly files = new Map<string, ByteSource>();

  constructor(
    private readonly main: ByteSource,
    private readonly folder: Folder,
  ) {}

  /**
   * @param name plain, or a relative path with forward slashes
   * @param offset where in the main file the name stands, for errors
   * @throws CheckpointError
   */
  async open(name: string, offset: number | null = null): Promise<ByteSource> {
    const known = this.files.get(name);
    if (known) return known;
    const refuse = (why: string): never => {
      throw new CheckpointError(this.main.path, `the data file ${quoted(name)} ${why}`, offset);
    };
    const parts = name.split("/");
    if (!parts.every(isPlainName)) refuse("is not a plain relative name");
    if (this.files.size === MAX_FILES) refuse(`is one of more than ${MAX_FILES}`);
    const file =
      parts.length === 1
        ? this.folder.file(name)
        : new RangeFile(path.join(this.folder.path, ...parts));
    if (file.diskFile !== null && (await this.leadsOut(file.diskFile, refuse)))
      refuse("is a link that leads out of the folder");
    this.files.set(name, file);
    return file;
  }

  async close(): Promise<void> {
    await Promise.all(Array.from(this.files.values(), (file) => file.close()));
  }

  private async leadsOut(file: string, refuse: (why: string) => never): Promise<boolean> {
    const real = await realpath(file).catch(() => refuse("cannot be found"));
    const relative = path.relative(await realpath(this.folder.path), real);
    return relative.split(path.sep)[0] === ".." || path.isAbsolute(relative);
  }
}
