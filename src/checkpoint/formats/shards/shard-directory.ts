import type { CheckpointFormat } from "../../format";
import { joinShards, openShards } from "./open-shards";

const numbered = /^(.*)-(\d{5})-of-(\d{5})\.safetensors$/;

/**
 * A directory of safetensors files without an index: one of them, all numbered "-00001-of-00002" (none of which may
 * be missing), or else all, which must not share names.
 */
export const shardDirectory: CheckpointFormat = {
  recognises: () => false,
  open: (file) => Promise.reject(new Error(`${file.path} is a directory's`)),
  inDirectory: (names) => {
    const files = names.filter(isSafetensors);
    return files.length === 1 && !numbered.test(files[0]) ? files[0] : null;
  },
  openDirectory: (folder, names) => {
    const files = names.filter(isSafetensors);
    if (files.length === 0) return null;
    return openShards(folder, series(files) ?? files).then((shards) =>
      joinShards(folder.path, shards),
    );
  },
};

function isSafetensors(name: string): boolean {
  return name.endsWith(".safetensors") && !name.startsWith(".");
}

/** All the names of the first numbered series, whether they are there or not. */
function series(files: readonly string[]): string[] | null {
  const match = files.map((name) => numbered.exec(name)).find((found) => found !== null);
  if (!match) return null;
  const [, base, , last] = match;
  const count = Math.min(Number(last), MAX_SHARDS);
  return Array.from(
    { length: count },
    (_, i) => `${base}-${String(i + 1).padStart(5, "0")}-of-${last}.safetensors`,
  );
}

const MAX_SHARDS = 10_000;
