import { rm } from "node:fs/promises";
import path from "node:path";
import type { CheckpointPatterns } from "../protocol/command";
import type { RunResult } from "../protocol/results";
import { removable, type RunCheckpoint } from "./checkpoint-files";
import type { ExperimentFile } from "./experiment";
import type { ExperimentDirectory } from "./experiment-directory";
import { keepResult } from "./kept-result";
import { statesOfRun } from "./run-states";
import { isThere } from "./weights-present";

export type Keep = NonNullable<ExperimentFile["keep"]>;

/** Which checkpoints of an experiment's runs stay once distances are computed: nothing goes that nobody gave up. */
export function keepOf({ keep }: Pick<ExperimentFile, "keep">): Keep {
  return keep ?? "all";
}

/** Removes a measured run's checkpoints along the way. What was measured is kept first. */
export async function pruneSteps(directory: ExperimentDirectory, result: RunResult): Promise<void> {
  const { initial, steps, final } = await checkpointsOf(directory, result.key);
  await removeCheckpoints(directory, result, steps, [initial.file, final.file]);
}

/** Removes a measured run's first and last weights too. What was measured is kept first. */
export async function pruneWeights(
  directory: ExperimentDirectory,
  result: RunResult,
): Promise<void> {
  const { initial, steps, final } = await checkpointsOf(directory, result.key);
  await removeCheckpoints(directory, result, [initial, ...steps, final], []);
}

async function checkpointsOf(directory: ExperimentDirectory, key: string) {
  const record = await directory.readRun(key);
  if (!record) throw new Error(`${directory.runFolder(key)} is no longer there.`);
  const { initial, steps, final } = statesOfRun(directory, record);
  const patterns = record.settings.kind === "command" ? record.settings.checkpoints : null;
  const found = (file: string, of: keyof CheckpointPatterns): RunCheckpoint => ({
    file,
    pattern: patterns && patterns[of],
  });
  return {
    initial: found(initial, "initial"),
    steps: steps.map(({ file }) => found(file, "steps")),
    final: found(final.file, "final"),
  };
}

async function removeCheckpoints(
  directory: ExperimentDirectory,
  result: RunResult,
  checkpoints: readonly RunCheckpoint[],
  stay: readonly string[],
): Promise<void> {
  const present = await Promise.all(checkpoints.map(({ file }) => isThere(file)));
  const left = checkpoints.filter((_, i) => present[i]);
  if (left.length === 0) return;
  await keepResult(directory, result);
  const folder = directory.runFolder(result.key);
  // What else is there must not go with a checkpoint's folder.
  const own = ["run.json", "result.json"].map((name) => path.join(folder, name));
  for (const checkpoint of left)
    for (const part of await removable(folder, checkpoint, [...stay, ...own]))
      await rm(part, { recursive: true, force: true });
}
