import { stat } from "node:fs/promises";
import path from "node:path";

/** Files that make a folder an environment of Python's: of venv, and of conda. */
const marks = ["pyvenv.cfg", "conda-meta"];
const programs = /^(bin|Scripts)$/i;
const usual = [".venv", "venv", "env"];
const python = process.platform === "win32" ? "Scripts/python.exe" : "bin/python";

/** Whether a program is one of an environment, such as `.venv/bin/python` or `.venv/bin/torchrun`. */
export async function isOfEnvironment(program: string): Promise<boolean> {
  const folder = path.dirname(path.resolve(program));
  return programs.test(path.basename(folder)) && isEnvironment(path.dirname(folder));
}

/**
 * The interpreter of the nearest environment by a usual name, from a folder up.
 * @param last folder at which the search ends
 * @returns its path relative to the first folder; null where there is none
 */
export async function environmentPython(folder: string, last: string): Promise<string | null> {
  for (let at = folder; ; at = path.dirname(at)) {
    for (const name of usual) {
      const environment = path.join(at, name);
      const program = path.join(environment, python);
      if ((await isEnvironment(environment)) && (await isThere(program)))
        return path.relative(folder, program);
    }
    if (at === last || at === path.dirname(at)) return null;
  }
}

async function isEnvironment(folder: string): Promise<boolean> {
  for (const mark of marks) if (await isThere(path.join(folder, mark))) return true;
  return false;
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
