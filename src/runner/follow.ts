import { setTimeout } from "node:timers/promises";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { parseJson, readTextOrNull } from "../experiment/experiment-directory";
import { isRunning } from "../experiment/process-owner";
import type { LiveSnapshot } from "../protocol/live";

const pollMs = 250;
/** A scheduler on another machine counts as gone after this long without a word. */
const silenceMs = 30_000;

/** The last snapshot that a scheduler wrote; null where there is none. */
export async function readSnapshot(directory: ExperimentDirectory): Promise<LiveSnapshot | null> {
  const value = parseJson((await readTextOrNull(directory.liveFile())) ?? "");
  return isSnapshot(value) ? value : null;
}

function isSnapshot(value: unknown): value is LiveSnapshot {
  const candidate = value as Partial<LiveSnapshot> | null | undefined;
  return (
    candidate?.format === "weight-odometer live 1" &&
    Array.isArray(candidate.runs) &&
    typeof candidate.scheduler === "object"
  );
}

/** Whether the scheduler that wrote a snapshot is at work now. */
export function isAtWork({ state, scheduler, updatedAt }: LiveSnapshot): boolean {
  if (state === "done" || state === "failed" || state === "cancelled") return false;
  // A clock that was set back, here or there, must not make a word of long ago one from the future for ever.
  return isRunning(scheduler) ?? Math.abs(Date.now() - updatedAt) < silenceMs;
}

/** Tells each new snapshot until the scheduler is no longer at work; returns the last one. */
export async function follow(
  directory: ExperimentDirectory,
  onSnapshot: (snapshot: LiveSnapshot) => void,
  signal?: AbortSignal,
): Promise<LiveSnapshot | null> {
  let told = 0;
  for (;;) {
    const snapshot = await readSnapshot(directory);
    if (snapshot && snapshot.updatedAt !== told) {
      told = snapshot.updatedAt;
      onSnapshot(snapshot);
    }
    if (!snapshot || !isAtWork(snapshot) || signal?.aborted) return snapshot;
    await setTimeout(pollMs);
  }
}
