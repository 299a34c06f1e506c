import { readdir } from "node:fs/promises";
import path from "node:path";

/**
 * Files and folders that a checkpoint consists of: itself, and beside an index the files that hold its tensors
 * (TensorFlow's `ckpt-1.data-00000-of-00001`, shards of safetensors).
 */
export async function filesOfCheckpoint(file: string): Promise<readonly string[]> {
  const base = /^(.*?)(\.[a-z]+)?\.index(\.json)?$/.exec(path.basename(file))?.[1];
  if (base === undefined) return [file];
  const folder = path.dirname(file);
  const parts = (await readdir(folder).catch(() => []))
    .filter(
      (name) =>
        name.startsWith(base) && /^(\.data)?-\d{3,}-of-\d{3,}(\.|$)/.test(name.slice(base.length)),
    )
    .map((name) => path.join(folder, name));
  return [...parts, file];
}
