import path from "node:path";
import type { CheckpointPatterns } from "../../protocol/command";
import { candidate, isWritten, type Candidate } from "../../trajectory/candidates";
import { namesThatFit } from "./glob";

/** A file or folder of a run that may be a checkpoint along the way. */
export interface StepCandidate extends Candidate {
  readonly step: number;
}

/** Files and folders of a run that may be its checkpoints, as they are now. */
export interface StateCandidates {
  readonly initial: readonly Candidate[];
  /** In order of steps. */
  readonly steps: readonly StepCandidate[];
  readonly final: readonly Candidate[];
}

/** Looks for a run's checkpoints by their patterns. What writers use while they write is passed over. */
export async function findStates(
  folder: string,
  patterns: CheckpointPatterns,
): Promise<StateCandidates> {
  const [initial, along, final] = await Promise.all(
    [patterns.initial, patterns.steps, patterns.final].map((pattern) => fitting(folder, pattern)),
  );
  const ends = new Set([...initial, ...final].map(({ file }) => file));
  const steps = along.flatMap((one) => {
    const step = stepOf(path.basename(one.file));
    return step === null || ends.has(one.file) ? [] : [{ ...one, step }];
  });
  return { initial, steps: steps.sort((a, b) => a.step - b.step), final };
}

/** The last whole number of a name, but for those of its extensions: 100 of `step-100.h5`. Null without one. */
export function stepOf(name: string): number | null {
  const digits = name
    .replace(/(\.[A-Za-z]\w*)+$/, "")
    .match(/\d+/g)
    ?.at(-1);
  const step = Number(digits ?? NaN);
  return Number.isSafeInteger(step) ? step : null;
}

async function fitting(folder: string, pattern: string): Promise<Candidate[]> {
  const names = (await namesThatFit(folder, pattern)).filter((name) => {
    return isWritten(path.basename(name)) && name !== "attempt.json" && name !== "run.json";
  });
  const found = await Promise.all(names.map((name) => candidate(path.join(folder, name))));
  return found.filter((one) => one !== null);
}
