import { readdir, stat, statfs } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import type { Keep } from "../experiment/prune-run";
import { readStates } from "../experiment/run-states";

/** The runs to come need more room than there is. */
export class DiskNeedError extends Error {
  constructor(runs: number, need: number, free: number, root: string) {
    super(
      `The ${runs} runs to come need about ${gigabytes(need)} on the disk of ${root}, which has ${gigabytes(free)} left. ` +
        'Make room, keep fewer checkpoints ("keep" in the experiment file), or run it with --yes to go on as far as it goes. ' +
        "What is finished stays.",
    );
  }
}

/**
 * Compares the room that runs to come need, by what a finished one took, with what is left.
 * @param key of a finished run whose checkpoints are all there
 * @param runs to come
 * @throws DiskNeedError where it does not fit
 */
export async function checkRoom(
  directory: ExperimentDirectory,
  key: string,
  keep: Keep,
  runs: number,
): Promise<void> {
  const { steps } = await readStates(directory, key);
  const [whole, ...along] = await Promise.all(
    [directory.runFolder(key), ...steps.map(({ file }) => file)].map(sizeOf),
  );
  const pruned = keep === "all" ? 0 : along.reduce((sum, size) => sum + size, 0);
  // Until they are measured, runs under way hold all of their checkpoints.
  const need = runs * (whole - pruned) + Math.min(runs, availableParallelism()) * pruned;
  const { bavail, bsize } = await statfs(directory.root);
  if (need > bavail * bsize) throw new DiskNeedError(runs, need, bavail * bsize, directory.root);
}

/** Bytes of a file, or of all files below a folder; 0 where it is not there. */
async function sizeOf(name: string): Promise<number> {
  const entry = await stat(name).catch(() => null);
  if (!entry?.isDirectory()) return entry?.size ?? 0;
  const below = await Promise.all(
    (await readdir(name)).map((inside) => sizeOf(path.join(name, inside))),
  );
  return below.reduce((sum, size) => sum + size, 0);
}

function gigabytes(bytes: number): string {
  return bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
