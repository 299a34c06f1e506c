import type { Checkpoint } from "./checkpoint";
import type { RangeFile } from "./range-file";

/** How one file format is recognised and opened: one of these for each file in formats/. */
export interface CheckpointFormat {
  /**
   * Whether a file is of this format, by its content.
   * @param head the file's first bytes, up to 64
   */
  recognises(head: Uint8Array): boolean;

  /**
   * Reads and checks the list of tensors, not their values. The checkpoint owns the file from then on.
   * @throws CheckpointError
   */
  open(file: RangeFile): Promise<Checkpoint>;
}
