import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { nameFits, partsOf } from "../../experiment/command/name-pattern";

/**
 * Names below a folder that fit a pattern, in order: `*` stands for any characters of one name, `?` for one. The pattern's
 * folders are followed; files and folders fit. None where the folder is not there.
 */
export async function namesThatFit(folder: string, pattern: string): Promise<string[]> {
  const parts = partsOf(pattern);
  let found = [""];
  for (const [depth, part] of parts.entries()) {
    const last = depth === parts.length - 1;
    const next: string[] = [];
    for (const parent of found)
      for (const entry of await entriesOf(path.join(folder, parent)))
        if (nameFits(entry.name, part) && (last || entry.isDirectory()))
          next.push(parent === "" ? entry.name : `${parent}/${entry.name}`);
    found = next;
  }
  return found.sort();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
