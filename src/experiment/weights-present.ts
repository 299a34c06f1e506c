import { stat } from "node:fs/promises";
import type { RunResult } from "../protocol/results";
import type { ExperimentDirectory } from "./experiment-directory";
import { readStates } from "./run-states";

/** The runs whose first and last weights are still there: `keep` may have had them removed. */
export async function withWeights<Run extends Pick<RunResult, "key">>(
  directory: ExperimentDirectory,
  runs: readonly Run[],
): Promise<readonly Run[]> {
  const present: Run[] = [];
  for (const run of runs) {
    const { initial, final } = await readStates(directory, run.key);
    if ((await isThere(initial)) && (await isThere(final.file))) present.push(run);
  }
  return present;
}

/** Whether a checkpoint is there, be it a file or a folder. */
export async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
      throw error;
    },
  );
}
