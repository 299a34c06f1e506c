import path from "node:path";

/** Extensions, one or two deep, that say nothing about a step; also how a shard is marked. */
const extensions = /(\.(weights|model|pth))?\.[a-z][a-z0-9_]*$/i;
const shard = /-\d{3,}-of-\d{3,}/;

/**
 * What tells the checkpoints of a series apart: their names without extension, or where those are all equal
 * ("checkpoint-500/model.safetensors", …) the names of the folders above.
 */
export function seriesLabels(paths: readonly string[]): string[] {
  let parts = paths.map((name) => path.resolve(name));
  const names = () => parts.map((name) => path.basename(name));
  while (paths.length > 1 && new Set(names()).size === 1) {
    const above = parts.map((name) => path.dirname(name));
    if (above.every((name, i) => name === parts[i])) break;
    parts = above;
  }
  return names().map((name) => name.replace(shard, "").replace(extensions, ""));
}

/** What a series is called: its folder's name, or how many checkpoints were named. */
export function seriesName(paths: readonly string[]): string {
  return paths.length === 1 ? path.basename(path.resolve(paths[0])) : `${paths.length} checkpoints`;
}
