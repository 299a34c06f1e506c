// Finding programs on PATH without starting a shell.
import { accessSync, constants, realpathSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The full path of the first of these programs that PATH has, or undefined.
 * @param {...string} names
 */
export function findCommand(...names) {
  for (const name of names) {
    for (const folder of (process.env.PATH ?? "").split(path.delimiter)) {
      const file = path.join(folder, name);
      try {
        accessSync(file, constants.X_OK);
        if (folder !== "" && statSync(file).isFile()) return file;
      } catch {
        // Not in this folder.
      }
    }
  }
  return undefined;
}

/** The program itself, behind any links, or undefined. */
export function findCommandFile(name) {
  const found = findCommand(name);
  return found === undefined ? undefined : realpathSync(found);
}
