import path from "node:path";
import type { RunResult } from "../protocol/results";
import { writeFileAtomic } from "./atomic-file";
import { parseJson, readTextOrNull, type ExperimentDirectory } from "./experiment-directory";
import { runResultSchema } from "./run-result-schema";

/** What was measured of a run before its checkpoints were removed: result.json in its folder. */
const fileOf = (directory: ExperimentDirectory, key: string): string =>
  path.join(directory.runFolder(key), "result.json");

/** Null where it was not kept. @throws Error on a file that is none */
export async function keptResult(
  directory: ExperimentDirectory,
  key: string,
): Promise<RunResult | null> {
  const file = fileOf(directory, key);
  const text = await readTextOrNull(file);
  if (text === null) return null;
  const result = runResultSchema.safeParse(parseJson(text));
  if (!result.success || result.data.key !== key)
    throw new Error(`${file} is not the result of this run.`);
  return result.data;
}

export async function keepResult(directory: ExperimentDirectory, result: RunResult): Promise<void> {
  await writeFileAtomic(fileOf(directory, result.key), `${JSON.stringify(result)}\n`);
}
