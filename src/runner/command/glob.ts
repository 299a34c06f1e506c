import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { PatternWalk } from "../../experiment/command/name-pattern";

/** Names below a folder that fit a pattern, in order; files and folders fit. None where the folder is not there. */
export async function namesThatFit(folder: string, pattern: string): Promise<string[]> {
  const found: string[] = [];
  const look = async (below: string, walk: PatternWalk): Promise<void> => {
    for (const entry of await entriesOf(path.join(folder, below))) {
      const name = below === "" ? entry.name : `${below}/${entry.name}`;
      const next = walk.into(entry.name);
      if (next.fits) found.push(name);
      // Links are not followed.
      if (next.goesOn && entry.isDirectory()) await look(name, next);
    }
  };
  await look("", PatternWalk.of(pattern));
  return found.sort();
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
