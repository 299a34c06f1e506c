import { rm } from "node:fs/promises";
import type { RunResult } from "../protocol/results";
import { filesOfCheckpoint } from "./checkpoint-files";
import { isBuiltIn, type ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import { keepResult } from "./kept-result";
import { readStates } from "./run-states";
import { isThere } from "./weights-present";

export type Keep = NonNullable<ExperimentFile["keep"]>;

/** Which checkpoints of an experiment's runs stay once distances are computed. */
export function keepOf({ keep, train }: Pick<ExperimentFile, "keep" | "train">): Keep {
  return keep ?? (isBuiltIn(train) ? "all" : "final");
}

/** Removes a measured run's checkpoints along the way. What was measured is kept first. */
export async function pruneSteps(directory: ExperimentDirectory, result: RunResult): Promise<void> {
  const { steps } = await readStates(directory, result.key);
  await removeCheckpoints(
    directory,
    result,
    steps.map(({ file }) => file),
  );
}

/** Removes a measured run's first and last weights too. What was measured is kept first. */
export async function pruneWeights(
  directory: ExperimentDirectory,
  result: RunResult,
): Promise<void> {
  const { initial, steps, final } = await readStates(directory, result.key);
  const files = [initial, ...steps.map(({ file }) => file), final.file];
  await removeCheckpoints(directory, result, files);
}

async function removeCheckpoints(
  directory: ExperimentDirectory,
  result: RunResult,
  files: readonly string[],
): Promise<void> {
  const present = await Promise.all(files.map(isThere));
  const left = files.filter((_, i) => present[i]);
  if (left.length === 0) return;
  await keepResult(directory, result);
  for (const file of left) {
    for (const part of await filesOfCheckpoint(file))
      await rm(part, { recursive: true, force: true });
  }
}
