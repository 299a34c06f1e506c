import { lstat, readdir, realpath } from "node:fs/promises";
import path from "node:path";
import { deepestFolder } from "./command/name-pattern";

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

/** A checkpoint of a run. */
export interface RunCheckpoint {
  readonly file: string;
  /** By which a command's was found; null of what we write. */
  readonly pattern: string | null;
}

/**
 * What is removed with a checkpoint: its files, or, where its pattern names the folder that it lies in (`checkpoint-*`, with
 * the optimizer's state), that folder. Nothing outside of the run's own folder, also by a link: then nothing at all.
 * @param stay files that a folder must not hold to be removed
 */
export async function removable(
  runFolder: string,
  { file, pattern }: RunCheckpoint,
  stay: readonly string[],
): Promise<readonly string[]> {
  if (!(await isInside(runFolder, path.dirname(file)))) return [];
  const folder = pattern === null ? null : folderOf(runFolder, file, pattern);
  const whole =
    folder !== null &&
    !stay.some((other) => isBelow(folder, other)) &&
    (await lstat(folder)).isDirectory();
  return whole ? [folder] : filesOfCheckpoint(file);
}

/** The folder that a pattern names, where a checkpoint lies somewhere below it. */
function folderOf(runFolder: string, file: string, pattern: string): string | null {
  const found = deepestFolder(path.relative(runFolder, file).split(path.sep), pattern);
  return found && path.join(runFolder, ...found);
}

async function isInside(outer: string, folder: string): Promise<boolean> {
  const places = await Promise.all([outer, folder].map((place) => realpath(place))).catch(
    () => null,
  );
  return places !== null && (places[0] === places[1] || isBelow(places[0], places[1]));
}

function isBelow(folder: string, file: string): boolean {
  const way = path.relative(folder, file);
  return way !== "" && way !== ".." && !way.startsWith(`..${path.sep}`) && !path.isAbsolute(way);
}
