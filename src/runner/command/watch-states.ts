import { setTimeout } from "node:timers/promises";
import { CheckpointError } from "../../checkpoint/error";
import { compareCheckpoints } from "../../distance/compare-checkpoints";
import type { CheckpointPatterns } from "../../protocol/command";
import { openCandidate } from "../../trajectory/open-candidate";
import { FolderWatch } from "../../trajectory/watch-folder";
import { findStates } from "./find-states";

const intervalMs = 500;
/** A file is whole when it has not changed for this long. */
const settleMs = 1000;
/** One that cannot be read is tried again for this long: it may still be written. */
const graceMs = 60_000;

interface WatchedStep {
  readonly step: number;
  /** d(w_0, w_t) over trainable weights; null where they are not finite. */
  readonly distance: number | null;
}

/**
 * Follows the checkpoints that a command writes to its run's folder until the signal aborts: tells each as soon as it is
 * whole. What cannot be read is passed over here; it is judged when the command has ended.
 */
export async function watchStates(
  folder: string,
  patterns: CheckpointPatterns,
  signal: AbortSignal,
  onStep: (step: WatchedStep) => void,
): Promise<void> {
  const options = { settleMs, graceMs, onSkipped: () => undefined };
  const steps = new FolderWatch(async () => (await findStates(folder, patterns)).steps, options);
  while (!signal.aborted) {
    const { initial, steps: found } = await findStates(folder, patterns);
    const stepOf = new Map(found.map(({ file, step }) => [file, step]));
    for (const candidate of initial.length === 1 ? await steps.settled() : []) {
      const step = stepOf.get(candidate.file);
      if (step === undefined || hasEnded(signal)) continue;
      try {
        const distance = await distanceBetween(initial[0].file, candidate.file, signal);
        steps.taken(candidate);
        onStep({ step, distance });
      } catch (error) {
        if (hasEnded(signal)) return;
        if (!(error instanceof CheckpointError)) throw error;
        steps.failed(candidate, error);
      }
    }
    await setTimeout(intervalMs, undefined, { signal }).catch(() => undefined);
  }
}

async function distanceBetween(a: string, b: string, signal: AbortSignal): Promise<number | null> {
  const first = await openCandidate(a);
  try {
    const second = await openCandidate(b);
    try {
      return (await compareCheckpoints(first, second, { signal })).distance;
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}

/** Asked anew: it may have changed while something was awaited. */
function hasEnded(signal: AbortSignal): boolean {
  return signal.aborted;
}
