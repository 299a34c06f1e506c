import type { ByteSource, Folder } from "../../byte-source";
import type { Checkpoint } from "../../checkpoint";
import { CheckpointError } from "../../error";
import type { CheckpointFormat } from "../../format";
import { CompanionFiles } from "../companion-files";
import { h5Checkpoint, type H5Part } from "./h5-checkpoint";

const MAX_INDEX = 1 << 26;
const ENDING = ".weights.json";

/**
 * Weights of Keras 3 in several files (ShardedH5IOStore of keras/src/saving/saving_lib.py): `model.weights.json`, whose
 * "weight_map" says which of the HDF5 files beside it hold a layer's variables; one layer's may lie in two.
 */
export const kerasShards: CheckpointFormat = {
  recognises(head, file) {
    const text = new TextDecoder().decode(head);
    const isMap = /^\s*\{/.test(text) && text.includes('"weight_map"');
    return isMap && (file.path.endsWith(ENDING) || /"[^"]*\.weights\.h5"/.test(text));
  },
  open: openShards,
  inDirectory(names) {
    const maps = names.filter((name) => name.endsWith(ENDING));
    return maps.length === 1 ? maps[0] : null;
  },
};

async function openShards(file: ByteSource, folder: Folder): Promise<Checkpoint> {
  const size = await file.size();
  if (size > MAX_INDEX) throw new CheckpointError(file.path, `an index of ${size} bytes`, 0);
  const text = new Uint8Array(size);
  await file.read(text, 0);
  const names = shardNames(new TextDecoder().decode(text));
  if (!names) throw new CheckpointError(file.path, 'no "weight_map" of files', 0);
  const companions = new CompanionFiles(file, folder);
  try {
    const parts: H5Part[] = [];
    for (const name of names) {
      const source = await companions.open(name, 0);
      parts.push({ source, start: 0, size: await source.size() });
    }
    return await h5Checkpoint({
      path: file.path,
      parts,
      format: "keras-h5 shards",
      config: null,
      metadata: new Map(),
      files: [file, companions],
    });
  } catch (error) {
    await companions.close();
    throw error;
  }
}

/** Names of the files, in order; null where the text is no such index. */
function shardNames(text: string): readonly string[] | null {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch {
    return null;
  }
  const map: unknown =
    typeof index === "object" && index !== null && "weight_map" in index ? index.weight_map : null;
  if (typeof map !== "object" || map === null) return null;
  const names = Object.values(map).flat() as unknown[];
  if (names.length === 0 || !names.every((name) => typeof name === "string")) return null;
  return [...new Set(names)].sort();
}
