import type { ByteSource, Folder } from "./byte-source";
import type { Checkpoint } from "./checkpoint";

/** How one file format is recognised and opened: one of these for each format in formats/. */
export interface CheckpointFormat {
  /**
   * Whether a file is of this format, by its content.
   * @param head the file's first bytes, up to 1 KiB
   * @param file for what the head does not show, such as the end of the file
   * @throws CheckpointError only where the file cannot be read
   */
  recognises(head: Uint8Array, file: ByteSource): boolean | Promise<boolean>;

  /**
   * Reads and checks the list of tensors, not their values. The checkpoint owns the file from then on, and whatever
   * it opens of the folder.
   * @param folder where the file lies, for other files that belong to the checkpoint
   * @throws CheckpointError
   */
  open(file: ByteSource, folder: Folder): Promise<Checkpoint>;

  /**
   * The file to open in place of a directory: of a directory with these names, in the order of names.
   * Null where it is no checkpoint of this format.
   */
  inDirectory?(names: readonly string[]): string | null;

  /**
   * Opens a directory that no single file stands for. Null where it is no checkpoint of this format.
   * Asked after every format's `inDirectory`.
   * @throws CheckpointError
   */
  openDirectory?(folder: Folder, names: readonly string[]): Promise<Checkpoint> | null;

  /**
   * Names beside a name that is no file, or a file of no known content, which may be what was meant: TensorFlow calls
   * a checkpoint "model.ckpt-100" whose files are "model.ckpt-100.index" and so on. The first that exists is opened.
   */
  candidates?(name: string): readonly string[];
}
