import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { fileIdentity } from "./file-identity";
import type { OpenedFile } from "./open-series";

/** Names of files beside which a checkpoint's other files lie: indexes, parts, models with their weights elsewhere. */
const amongOthers = /\.json$|\.index$|\.onnx$|-\d{3,}-of-\d{3,}\./;

/**
 * What tells a checkpoint's content from any other: device, inode, size and time of last change of each file it lies in.
 * Where a tensor does not say in which file it lies, and the name speaks of more than one, all files beside it count.
 */
export async function identityOf({ file, signature, checkpoint }: OpenedFile): Promise<string> {
  const places = checkpoint.tensors.map((tensor) => checkpoint.raw(tensor)?.file);
  const others = new Set(places.filter((place) => place !== undefined && place !== file));
  if (places.includes(undefined) && amongOthers.test(checkpoint.path)) {
    const folder = path.dirname(checkpoint.path);
    for (const name of await readdir(folder)) others.add(path.join(folder, name));
  }
  const stats = await Promise.all([...others].sort().map((other) => stat(other!)));
  return [signature, ...stats.map(fileIdentity)].join(" ");
}
