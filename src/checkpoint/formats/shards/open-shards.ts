import type { ByteSource, Folder } from "../../byte-source";
import { CheckpointError } from "../../error";
import { PlacedCheckpoint } from "../../placed-checkpoint";
import { quoted } from "../../quoted";
import { gguf } from "../gguf";
import { pytorchLegacy, pytorchZip } from "../pytorch";
import { safetensors } from "../safetensors";

/** The formats that tools split over files. */
const formats = [safetensors, gguf, pytorchZip, pytorchLegacy];
const HEAD_BYTES = 1024;

/** Files of a folder by their names, in order. */
export type Shards = ReadonlyMap<string, PlacedCheckpoint>;

/**
 * Opens the files of a checkpoint that is split over several.
 * @throws CheckpointError where one is missing or of no format that is split; none stays open then
 */
export async function openShards(folder: Folder, names: readonly string[]): Promise<Shards> {
  const existing = new Set(await folder.names());
  const missing = names.filter((name) => !existing.has(name));
  const files = names.filter((name) => existing.has(name)).map((name) => folder.file(name));
  if (missing.length > 0)
    throw new CheckpointError(folder.path, `shards are missing: ${listed(missing)}`);
  const shards = new Map<string, PlacedCheckpoint>();
  try {
    for (const [i, file] of files.entries()) shards.set(names[i], await openShard(file, folder));
    return shards;
  } catch (error) {
    await Promise.all(files.map((file) => file.close()));
    throw error;
  }
}

/**
 * All shards' tensors as one checkpoint, their metadata behind `metadata`.
 * @throws CheckpointError where two shards hold one name
 */
export function joinShards(
  path: string,
  shards: Shards,
  metadata: ReadonlyMap<string, string> = new Map(),
): PlacedCheckpoint {
  const owners = new Map<string, string>();
  for (const [shard, { tensors }] of shards)
    for (const { name } of tensors) {
      const other = owners.get(name);
      if (other !== undefined)
        throw new CheckpointError(path, `tensor ${quoted(name)} is in ${other} and in ${shard}`);
      owners.set(name, shard);
    }
  const all = [...shards.values()];
  const [first] = all as (PlacedCheckpoint | undefined)[];
  return new PlacedCheckpoint({
    path,
    format: `${first?.format ?? "safetensors"} shards`,
    tensors: all.flatMap(({ tensors }) => tensors),
    checksums: async () => (await Promise.all(all.map((shard) => shard.checksums()))).flat(),
    unreadable: all.flatMap(({ unreadable }) => unreadable),
    metadata: new Map([...all.flatMap((shard) => [...shard.metadata]), ...metadata]),
    files: all.flatMap((shard) => [...shard.files]),
  });
}

/** Names for an error message, the first few. */
export function listed(names: readonly string[]): string {
  const more = names.length > 5 ? ` and ${names.length - 5} more` : "";
  return names.slice(0, 5).map(quoted).join(", ") + more;
}

async function openShard(file: ByteSource, folder: Folder): Promise<PlacedCheckpoint> {
  const head = new Uint8Array(Math.min(HEAD_BYTES, await file.size()));
  await file.read(head, 0);
  for (const format of formats) {
    if (!(await format.recognises(head, file))) continue;
    const checkpoint = await format.open(file, folder);
    if (checkpoint instanceof PlacedCheckpoint) return checkpoint;
  }
  throw new CheckpointError(file.path, "not a shard of a known format", 0);
}
