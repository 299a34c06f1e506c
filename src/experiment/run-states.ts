import path from "node:path";
import { checkpointName } from "../protocol/checkpoint-name";
import type { ExperimentDirectory } from "./experiment-directory";
import type { RunRecord } from "./run-record";

/** The checkpoints of a finished run, by path, whoever wrote them. */
export interface RunStates {
  readonly initial: string;
  /** Along the way, rising. */
  readonly steps: readonly { readonly step: number; readonly file: string }[];
  readonly final: { readonly step: number | null; readonly file: string };
}

/** Where a finished run's checkpoints lie. They may have been removed since: see prune-run.ts. */
export function statesOfRun(directory: ExperimentDirectory, record: RunRecord): RunStates {
  const folder = directory.runFolder(record.key);
  const { initial, steps, final } = namedStates(record);
  return {
    initial: path.join(folder, initial),
    steps: steps.map(({ step, file }) => ({ step, file: path.join(folder, file) })),
    final: { step: final.step, file: path.join(folder, final.file) },
  };
}

/** The same by the run's key. @throws Error where it is no longer there */
export async function readStates(directory: ExperimentDirectory, key: string): Promise<RunStates> {
  const record = await directory.readRun(key);
  if (!record) throw new Error(`${directory.runFolder(key)} is no longer there.`);
  return statesOfRun(directory, record);
}

function namedStates(record: RunRecord): RunStates {
  if (record.format === "weight-odometer command run 1") return record.states;
  const { checkpoints, steps } = record;
  return {
    initial: "initial.safetensors",
    steps: checkpoints.map((step) => ({ step, file: checkpointName(step) })),
    final: { step: steps, file: "final.safetensors" },
  };
}
