import { setTimeout } from "node:timers/promises";

/**
 * Waits twice as long as the last measurement took: however fast a training writes and however large its checkpoints
 * are, two thirds of the disk stay its own.
 * @throws the signal's reason
 */
export async function rest(tookMs: number, signal: AbortSignal): Promise<void> {
  await setTimeout(2 * tookMs, undefined, { signal });
}
