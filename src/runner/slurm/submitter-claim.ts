import { link, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import {
  parseJson,
  readTextOrNull,
  type ExperimentDirectory,
} from "../../experiment/experiment-directory";
import { isRunning, thisProcess, type ProcessOwner } from "../../experiment/process-owner";
import { isAtWork, readSnapshot } from "../follow";

/**
 * Makes this process the only one that submits from a directory, so that submitting twice does not double anything.
 * A claim whose process has ended is taken over.
 * @returns what gives it back
 * @throws Error where another process submits
 */
export async function claimSubmitter(directory: ExperimentDirectory): Promise<() => Promise<void>> {
  const file = path.join(directory.submissionsRoot(), "submitter.json");
  const own = JSON.stringify(thisProcess());
  const aside = `${file}.${process.pid}-${thisProcess().host}`;
  await mkdir(directory.submissionsRoot(), { recursive: true });
  await writeFile(aside, own);
  try {
    // A link fails where the file is there already, on network disks too.
    await link(aside, file).catch(async (error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (await isHeld(directory, file)) throw busy(directory);
      await rename(aside, file);
      await setTimeout(200);
      if ((await readTextOrNull(file)) !== own) throw busy(directory);
    });
  } finally {
    await rm(aside, { force: true });
  }
  return async () => {
    if ((await readTextOrNull(file)) === own) await rm(file, { force: true });
  };
}

function busy(directory: ExperimentDirectory): Error {
  return new Error(`Another process submits the runs of ${directory.root} right now.`);
}

async function isHeld(directory: ExperimentDirectory, file: string): Promise<boolean> {
  const owner = parseJson((await readTextOrNull(file)) ?? "") as ProcessOwner | undefined;
  if (typeof owner?.pid !== "number") return false;
  const running = isRunning(owner);
  if (running !== null) return running;
  // On another machine: it is at work as long as it writes snapshots.
  const snapshot = await readSnapshot(directory);
  return snapshot?.scheduler.pid === owner.pid && isAtWork(snapshot);
}
