import type { CheckpointFormat } from "../../format";
import { seriesOf } from "./series";
import { joinShards, openShards } from "./open-shards";

/**
 * A directory of safetensors files without an index: one of them, all numbered "-00001-of-00002" (none of which may
 * be missing), or else all, which must not share names.
 */
export const shardDirectory: CheckpointFormat = {
  recognises: () => false,
  open: (file) => Promise.reject(new Error(`${file.path} is a directory's`)),
  inDirectory: (names) => {
    const files = names.filter(isSafetensors);
    return files.length === 1 && !seriesOf(files[0]) ? files[0] : null;
  },
  openDirectory: (folder, names) => {
    const files = names.filter(isSafetensors);
    if (files.length === 0) return null;
    const series = files.map(seriesOf).find((found) => found !== null);
    return openShards(folder, series ?? files).then((shards) => joinShards(folder.path, shards));
  },
};

function isSafetensors(name: string): boolean {
  return name.endsWith(".safetensors") && !name.startsWith(".");
}
