import path from "node:path";
import type { CheckpointPatterns } from "../../protocol/command";
import { candidate, isWritten, type Candidate } from "../../trajectory/candidates";
import { isLiteral } from "../../experiment/command/name-pattern";
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
  /** That fit the pattern of those along the way, but tell no step. */
  readonly unnumbered: readonly Candidate[];
  readonly final: readonly (Candidate & { readonly step: number | null })[];
}

/** Looks for a run's checkpoints by their patterns. What writers use while they write is passed over. */
export async function findStates(
  folder: string,
  patterns: CheckpointPatterns,
): Promise<StateCandidates> {
  const [initial, along, last] = await Promise.all(
    [patterns.initial, patterns.steps, patterns.final].map((pattern) => fitting(folder, pattern)),
  );
  const stepBy = ({ file }: Candidate, pattern: string) =>
    stepOfPath(path.relative(folder, file).split(path.sep), pattern);
  const numbered = along.map((one) => ({ ...one, step: stepBy(one, patterns.steps) }));
  const final = last.map((one) => {
    const step =
      numbered.find(({ file }) => file === one.file)?.step ?? stepBy(one, patterns.final);
    return { ...one, step };
  });
  const ends = new Set([...initial, ...final].map(({ file }) => file));
  const between = numbered.filter(({ file }) => !ends.has(file));
  return {
    initial,
    steps: between
      .flatMap(({ step, ...one }) => (step === null ? [] : [{ ...one, step }]))
      .sort((a, b) => a.step - b.step),
    unnumbered: between.filter(({ step }) => step === null),
    final,
  };
}

/** The step of a name, or else of the next folder above it that its pattern does not name as it is. */
function stepOfPath(names: readonly string[], pattern: string): number | null {
  const [name = "", ...folders] = names.toReversed();
  const telling = [name, ...folders.filter((folder) => !isLiteral(folder, pattern))];
  return telling.map(stepOf).find((step) => step !== null) ?? null;
}

/**
 * The last whole number of a name, but for those of its extensions: 100 of `step-100.h5`, 5 of `weights.05-0.34.h5`. Null
 * without one.
 */
export function stepOf(name: string): number | null {
  const digits = name
    .replace(/(\.[A-Za-z]\w*)+$/, "")
    .replaceAll(/\d+\.\d+/g, "")
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
