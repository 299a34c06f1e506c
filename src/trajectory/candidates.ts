import type { Stats } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { naturalOrder } from "../comparison/natural-order";
import { fileIdentity } from "./file-identity";
import type { SeriesFile } from "./order-series";

/** A file or folder that may be a checkpoint. */
export interface Candidate extends SeriesFile {
  /** Identity of the file, or of all files of a folder: differs after a write. */
  readonly signature: string;
}

/** Hidden files, what writers use while they write, and logs. */
const never = /^\.|\.(tmp|temp|part|partial|incomplete|lock|log)$|~$/i;
/** Parts of a checkpoint for which another file stands. */
const part = /-\d{3,}-of-\d{3,}\.|\.data-\d{5}-of-\d{5}$/;
/** Extensions of checkpoints, and names of folders: what cannot be opened is worth a word where it has one. */
const folder = /(?:checkpoint|ckpt|step|epoch|iter)[-_=]?\d+$/i;
const known =
  /\.(safetensors|pt|pth|ckpt|bin|tar|h5|hdf5|keras|npz|npy|gguf|onnx|msgpack|index|pdparams|model)$/i;

export function looksLikeCheckpoint(file: string): boolean {
  return known.test(file) || folder.test(file);
}

/** Whether a name is neither one that writers use while they write nor a part for which another file stands. */
export function isWritten(name: string): boolean {
  return !never.test(name) && !part.test(name);
}

/** What may be a checkpoint directly inside a folder, in natural order of names. @throws an fs error */
export async function candidatesIn(folder: string): Promise<Candidate[]> {
  const names = (await readdir(folder)).filter((name) => !never.test(name));
  const indexed = names.some((name) => /\.index(\.json)?$/.test(name));
  const wanted = names.filter((name) => !indexed || !part.test(name)).sort(naturalOrder);
  const found = await Promise.all(wanted.map((name) => candidate(path.join(folder, name))));
  return found.filter((one) => one !== null);
}

/** A file or folder as it is now; null where it is gone. */
export async function candidate(file: string): Promise<Candidate | null> {
  try {
    const stats = await stat(file);
    if (stats.isFile()) return { file, ...described([stats]) };
    if (!stats.isDirectory()) return null;
    const inside = await readdir(file);
    return {
      file,
      ...described(await Promise.all(inside.map((name) => stat(path.join(file, name))))),
    };
  } catch {
    return null;
  }
}

function described(files: readonly Stats[]): Omit<Candidate, "file"> {
  const modifiedMs = Math.max(0, ...files.map(({ mtimeMs }) => mtimeMs));
  return { modifiedMs, signature: files.map(fileIdentity).join(" ") };
}
