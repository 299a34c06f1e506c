import type { Checkpoint } from "../../src/checkpoint/checkpoint";
import { verifyChecksums } from "../../src/checkpoint/checksum";
import { isFloat, isInteger } from "../../src/checkpoint/dtype";
import { CheckpointError } from "../../src/checkpoint/error";
import { openDirectory, openFile } from "../../src/checkpoint/open";
import type { FuzzFile } from "./fuzz-cases";
import { MemoryFolder } from "./memory-folder";
import { mutate } from "./mutate";

/** Milliseconds of the processor, whatever else the machine does, that no file of some kilobytes may take. */
const LONGEST = 5_000;
/** Bytes of arrays that opening a file of some kilobytes may leave reachable. */
const MOST_MEMORY = 1 << 28;

/**
 * Opens a mutated file, reads of its tensors and verifies its checksums: gives values or one CheckpointError.
 * @returns whether it could be opened
 * @throws whatever else happened, also that it took too long or too much memory
 */
export async function fuzzOne(file: FuzzFile, seed: number): Promise<boolean> {
  const bytes = mutate(file.bytes, seed);
  const folder = new MemoryFolder("folder", new Map([...file.folder, [file.name, bytes]]));
  const begun = process.cpuUsage();
  const before = process.memoryUsage().arrayBuffers;
  let opened = false;
  try {
    const checkpoint = await (file.name.endsWith("-of-00003.safetensors")
      ? openDirectory(folder)
      : openFile(folder.file(file.name), folder));
    opened = true;
    try {
      await readSome(checkpoint);
      await verifyChecksums(checkpoint);
    } finally {
      await checkpoint.close();
    }
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    if (error.message.length > 2000)
      throw new Error("an error of more than 2000 characters", { cause: error });
  }
  const { user, system } = process.cpuUsage(begun);
  const took = (user + system) / 1000;
  if (took > LONGEST) throw new Error(`took ${took.toFixed(0)} ms`);
  const held = process.memoryUsage().arrayBuffers - before;
  if (held > MOST_MEMORY) throw new Error(`holds ${held} bytes`);
  return opened;
}

/** The ends of each tensor, of the first hundred. */
async function readSome(checkpoint: Checkpoint): Promise<void> {
  for (const tensor of checkpoint.tensors.slice(0, 100)) {
    const count = Math.min(tensor.parameters, 40);
    const last = tensor.parameters - count;
    checkpoint.raw(tensor);
    if (isFloat(tensor.dtype)) {
      await checkpoint.readFloats(tensor, 0, new Float32Array(count));
      await checkpoint.readFloats(tensor, last, new Float64Array(count));
    } else if (isInteger(tensor.dtype)) await checkpoint.readNumbers(tensor, last, count);
  }
}
