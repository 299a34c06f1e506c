import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { CheckpointError } from "../checkpoint/error";
import { openCheckpoint } from "../checkpoint/open";

/** Files that hold a network's weights where a training keeps a folder for each checkpoint, first choice first. */
const usual = [
  /^(adapter_|pytorch_)?model\.(safetensors|bin|pt|pth)$/,
  /^(model|weights|checkpoint)\.[a-z0-9]+$/,
  /\.safetensors$/,
];

/**
 * Opens a checkpoint of a series: as openCheckpoint does, and of a folder that no format calls its own, the file that
 * holds the weights.
 * @throws CheckpointError
 */
export async function openCandidate(file: string): Promise<Checkpoint> {
  try {
    return await openCheckpoint(file);
  } catch (error) {
    const names = await readdir(file).catch(() => []);
    const found = usual.map((pattern) => names.filter((name) => pattern.test(name)).sort());
    const [first] = found.flat();
    if (!(error instanceof CheckpointError) || !first) throw error;
    return openCheckpoint(path.join(file, first));
  }
}
