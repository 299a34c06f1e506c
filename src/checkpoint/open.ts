import type { Checkpoint } from "./checkpoint";
import { CheckpointError } from "./error";
import type { CheckpointFormat } from "./format";
import { safetensors } from "./formats/safetensors";
import { RangeFile } from "./range-file";

const formats: readonly CheckpointFormat[] = [safetensors];
const HEAD_BYTES = 64;

/**
 * Opens a checkpoint, its format found by content. Runs nothing that the file holds.
 * @throws CheckpointError where the file is of no known format or breaks the rules of its own
 */
export async function openCheckpoint(path: string): Promise<Checkpoint> {
  const file = new RangeFile(path);
  try {
    const head = new Uint8Array(Math.min(HEAD_BYTES, await file.size()));
    await file.read(head, 0);
    const format = formats.find((candidate) => candidate.recognises(head));
    if (!format) throw new CheckpointError(path, "not a checkpoint of a known format", 0);
    return await format.open(file);
  } catch (error) {
    await file.close();
    throw error;
  }
}
