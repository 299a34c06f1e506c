import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import type { CommandTraining } from "./command-schema";
import { isOfEnvironment } from "./virtual-environment";

/**
 * A training as it is started now: its working directory whole, its script named with the SHA-256 of its content. A name
 * of the script that is not there stays without one.
 * @param base folder of the experiment file
 * @throws Error where the working directory or a script that the file names is not there
 */
export async function resolveCommand(
  train: CommandTraining,
  base: string,
): Promise<CommandTraining> {
  const workingDirectory = path.resolve(base, train.workingDirectory ?? ".");
  if (!(await isThere(workingDirectory, "isDirectory")))
    throw new Error(
      `There is no folder ${workingDirectory}, which is to be the working directory.`,
    );
  const script = train.script ?? (await firstFile(train, workingDirectory));
  if (script === null) return { ...train, workingDirectory };
  const scriptSha256 = await scriptHash(workingDirectory, script);
  return { ...train, workingDirectory, script, scriptSha256 };
}

/** SHA-256 of a script's content. @throws Error where it cannot be read */
export async function scriptHash(workingDirectory: string, script: string): Promise<string> {
  const file = path.resolve(workingDirectory, script);
  const content = await readFile(file).catch((error: unknown) => {
    throw new Error(`The script ${file} cannot be read: ${(error as Error).message}`);
  });
  return createHash("sha256").update(content).digest("hex");
}

async function firstFile(
  { command, shell = "" }: CommandTraining,
  workingDirectory: string,
): Promise<string | null> {
  for (const word of command ?? shellWords(shell)) {
    const file = path.resolve(workingDirectory, word);
    // A program by a path from the root, or of a virtual environment, is part of the machine.
    if (word.includes("${") || path.isAbsolute(word) || !(await isThere(file, "isFile"))) continue;
    if (!(await isOfEnvironment(file))) return word;
  }
  return null;
}

/** What may be names of files in a line for the shell: words between all that means something to it. */
function shellWords(line: string): readonly string[] {
  return line.split(/[\s"'`;&|<>()]+/).filter((word) => word !== "");
}

async function isThere(file: string, kind: "isDirectory" | "isFile"): Promise<boolean> {
  return stat(file).then(
    (entry) => entry[kind](),
    () => false,
  );
}
