import { readdir, stat } from "node:fs/promises";
import path from "node:path";

const mostFiles = 10_000_000;
const deepest = 16;

/**
 * Files below a folder with one of some extensions (lower case, with the point), as paths with "/" relative to it, in
 * the order of their UTF-16 code units, so that it is the same everywhere. Hidden files are passed over, links to files
 * followed, links to folders not.
 * @throws Error on a folder that cannot be read
 */
export async function listFiles(
  folder: string,
  extensions: readonly string[],
): Promise<readonly string[]> {
  const found: string[] = [];
  const look = async (below: string, depth: number): Promise<void> => {
    if (depth > deepest)
      throw new Error(`${path.join(folder, below)}: folders are nested too deep`);
    for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
      if (entry.name.startsWith(".")) continue;
      const file = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) await look(file, depth + 1);
      else if (extensions.includes(path.extname(entry.name).toLowerCase()))
        if (entry.isFile() || (await stat(path.join(folder, file))).isFile())
          if (found.push(file) > mostFiles)
            throw new Error(`${folder}: more than ${mostFiles} files`);
    }
  };
  await look("", 0);
  return found.sort();
}
