import { stat } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";
import { candidate, candidatesIn, type Candidate } from "../../../trajectory/candidates";
import type { ChangeRequest } from "./measurer-api";

/** Milliseconds between two looks. */
const INTERVAL = 500;
/** Looks in a row that must find the same before a change is told, */
const QUIET_LOOKS = 2;
/** but no more than so many: a training may never stop writing. */
const PATIENT_LOOKS = 20;

/** Names, sizes and times of what may be checkpoints in a folder, or of several by name; empty where nothing is there. */
export async function seriesSignature(paths: readonly string[]): Promise<string> {
  const found = await lying(paths);
  return found.map(({ file, signature }) => `${file}:${signature}`).join("\n");
}

async function lying(paths: readonly string[]): Promise<readonly Candidate[]> {
  if (paths.length === 1 && (await stat(paths[0]).catch(() => null))?.isDirectory() !== false)
    return candidatesIn(paths[0]).catch(() => []);
  const found = await Promise.all(paths.map((path) => candidate(path)));
  return found.filter((one) => one !== null);
}

/**
 * Waits until a signature differs from this one and has been quiet for a moment, or for as long as it may. It looks now and then, which works on
 * every file system, and more rarely where looking takes long.
 * @throws the signal's reason
 */
export async function whenChanged(
  { paths, signature, within }: ChangeRequest,
  signal: AbortSignal,
): Promise<null> {
  const end = within === null ? Infinity : performance.now() + within;
  let before = signature;
  let quiet = 0;
  for (let changing = 0; ;) {
    const started = performance.now();
    const now = await seriesSignature(paths);
    const took = performance.now() - started;
    quiet = now === before ? quiet + 1 : 0;
    before = now;
    if (now !== signature && (quiet >= QUIET_LOOKS || ++changing > PATIENT_LOOKS)) return null;
    // What is being written is waited for, however late it is.
    if (now === signature && performance.now() >= end) return null;
    await setTimeout(Math.max(INTERVAL, 10 * took), undefined, { signal });
  }
}
