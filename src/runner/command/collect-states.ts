import { readdir } from "node:fs/promises";
import path from "node:path";
import type { Checkpoint } from "../../checkpoint/checkpoint";
import { isFloat } from "../../checkpoint/dtype";
import { CheckpointError } from "../../checkpoint/error";
import { matchTensors } from "../../distance/match-tensors";
import type { CheckpointPatterns, CommandOutcome, SkippedFile } from "../../protocol/command";
import type { Candidate } from "../../trajectory/candidates";
import { openCandidate } from "../../trajectory/open-candidate";
import { findStates } from "./find-states";
import { logName } from "../../experiment/command/log-name";

/** What a command left is no run: the message says what is missing, and what to do. */
export class MissingStateError extends Error {}

type CollectedStates = Pick<CommandOutcome, "states" | "skipped" | "parameters">;

/**
 * The checkpoints that a command has left in its run's folder. One along the way that cannot be read is named as skipped:
 * the run is worth more than it.
 * @throws MissingStateError where the first or the last weights are missing, not to be read, or have nothing in common
 */
export async function collectStates(
  folder: string,
  patterns: CheckpointPatterns,
): Promise<CollectedStates> {
  const found = await findStates(folder, patterns);
  const first = await only(found.initial, "initial", patterns.initial, folder);
  try {
    const last = await only(found.final, "final", patterns.final, folder);
    try {
      const skipped: SkippedFile[] = found.unnumbered.map(({ file }) => ({
        file: path.relative(folder, file),
        reason: "no number in its name tells its step",
      }));
      const steps = new Map<number, string>();
      for (const { file, step } of found.steps) {
        // The weights before the first step are the initial ones.
        if (step === 0) continue;
        const twin = steps.get(step);
        const read =
          twin === undefined
            ? await readStep(file, first.checkpoint)
            : { reason: `step ${step} is in ${twin} already` };
        if ("path" in read) steps.set(step, path.relative(folder, read.path));
        else skipped.push({ file: path.relative(folder, file), reason: read.reason });
      }
      return {
        parameters: commonWeights(first.checkpoint, last),
        states: {
          initial: path.relative(folder, first.checkpoint.path),
          steps: Array.from(steps, ([step, file]) => ({ step, file })),
          final: {
            step: found.final[0].step,
            file: path.relative(folder, last.checkpoint.path),
          },
        },
        skipped,
      };
    } finally {
      await last.checkpoint.close();
    }
  } finally {
    await first.checkpoint.close();
  }
}

interface Opened {
  readonly file: string;
  readonly checkpoint: Checkpoint;
}

async function only(
  candidates: readonly Candidate[],
  state: "initial" | "final",
  pattern: string,
  folder: string,
): Promise<Opened> {
  if (candidates.length > 1)
    throw new MissingStateError(
      `${candidates.length} files fit "${pattern}", the pattern of the ${state} weights: ${candidates
        .map(({ file }) => path.relative(folder, file))
        .slice(0, 5)
        .join(", ")}. Name one of them in train.checkpoints.${state}.`,
    );
  const [candidate] = candidates;
  if (candidates.length === 0)
    throw new MissingStateError(
      `The command ended without ${state} weights: no file of the run's directory fits "${pattern}". ` +
        `Save them there (\${runDirectory}), or say their name in train.checkpoints.${state}. ${await present(folder)}`,
    );
  try {
    return { file: candidate.file, checkpoint: await openCandidate(candidate.file) };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    throw new MissingStateError(`The ${state} weights cannot be read: ${error.message}`);
  }
}

/** Where the weights of a step lie, or why they are none. */
async function readStep(
  file: string,
  initial: Checkpoint,
): Promise<{ readonly path: string } | { readonly reason: string }> {
  try {
    const checkpoint = await openCandidate(file);
    const { pairs } = matchTensors(initial, checkpoint);
    await checkpoint.close();
    return pairs.length > 0
      ? { path: checkpoint.path }
      : { reason: "no tensor in common with the initial weights" };
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    return { reason: error.reason };
  }
}

/** Weights that both have. */
function commonWeights(initial: Checkpoint, { checkpoint }: Opened): number {
  const { pairs } = matchTensors(initial, checkpoint);
  if (pairs.length > 0) return pairs.reduce((sum, { a }) => sum + a.parameters, 0);
  const floats = checkpoint.tensors.filter(({ dtype }) => isFloat(dtype)).length;
  throw new MissingStateError(
    `The initial and the final weights have no tensor in common (the final ones hold ${floats} of floating-point numbers).`,
  );
}

async function present(folder: string): Promise<string> {
  const own = ["attempt.json", logName];
  const names = (await readdir(folder)).filter((name) => !own.includes(name)).sort();
  if (names.length === 0) return "It is empty.";
  const more = names.length > 8 ? `, and ${names.length - 8} more` : "";
  return `It holds ${names.slice(0, 8).join(", ")}${more}.`;
}
