import { mkdir, rename, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { writeFileAtomic } from "./atomic-file";
import {
  attemptOwner,
  namesIn,
  parseJson,
  readTextOrNull,
  type ExperimentDirectory,
} from "./experiment-directory";
import { isRunning, type ProcessOwner } from "./process-owner";

/** A folder in which a run is executed. */
export interface Attempt {
  readonly folder: string;
  /** How often the run was begun in this folder before. */
  readonly attempt: number;
}

/** `attempt.json` in the folder of an attempt that a later one may go on in. */
export interface AttemptFile {
  readonly attempt: number;
  /** The process that watches over what works in the folder; null before there is one. */
  readonly supervisor: ProcessOwner | null;
  /** In the environment of all that works in the folder; null before there is such. */
  readonly mark: string | null;
}

const fileSchema: z.ZodType<AttemptFile> = z.strictObject({
  attempt: z.int().min(0),
  supervisor: z
    .strictObject({ pid: z.int().min(1), host: z.string(), started: z.string() })
    .nullable(),
  mark: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .nullable(),
});

/** How long a supervisor whose scheduler was killed may take to end what it watches over. */
const endingMs = 30_000;
const pollMs = 100;

/**
 * The folder for the next attempt at a run that goes on where it stopped: what an earlier attempt left, taken over by a
 * rename, which one process alone can do; or a new one. A supervisor that still works in it is waited for.
 * @param endMarked ends what carries a mark: what an attempt left that was killed with its supervisor
 */
export async function claimAttempt(
  directory: ExperimentDirectory,
  key: string,
  endMarked: (mark: string) => void,
): Promise<Attempt> {
  for (const name of await namesIn(directory.partialRoot())) {
    if (!name.startsWith(`${key}.`) || !isLeft(name)) continue;
    const left = path.join(directory.partialRoot(), name);
    const before = await readAttempt(left);
    if (!before || !(await isAlone(before))) continue;
    if (before.mark !== null) endMarked(before.mark);
    const folder = directory.attemptFolder(key);
    const taken = await rename(left, folder).then(
      () => true,
      () => false,
    );
    if (!taken) continue;
    const attempt = before.attempt + 1;
    await writeAttempt(folder, { attempt, supervisor: null, mark: null });
    return { folder, attempt };
  }
  const folder = directory.attemptFolder(key);
  await mkdir(folder, { recursive: true });
  await writeAttempt(folder, { attempt: 0, supervisor: null, mark: null });
  return { folder, attempt: 0 };
}

/** Leaves an attempt's folder to the next one, where it is still there. Of two of one run the first stays. */
export async function keepAttempt(directory: ExperimentDirectory, folder: string): Promise<void> {
  const kept = keptFolder(directory, path.basename(folder).slice(0, 32));
  await rename(folder, kept).catch(async (error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") await dropAttempt(folder);
  });
}

/** Where an attempt that did not end well lies until the next. */
export function keptFolder(directory: ExperimentDirectory, key: string): string {
  return path.join(directory.partialRoot(), `${key}.kept`);
}

export async function dropAttempt(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

/** Notes who watches over an attempt. */
export async function writeAttempt(folder: string, file: AttemptFile): Promise<void> {
  await writeFileAtomic(path.join(folder, "attempt.json"), `${JSON.stringify(file)}\n`);
}

/** Whether nobody claims an attempt. Of one on another machine nobody can tell: it stays where it is. */
function isLeft(name: string): boolean {
  if (name.endsWith(".kept")) return true;
  const owner = attemptOwner(name);
  return owner !== null && isRunning(owner) === false;
}

async function isAlone({ supervisor }: AttemptFile): Promise<boolean> {
  for (let waited = 0; supervisor && isRunning(supervisor) !== false; waited += pollMs) {
    if (waited > endingMs) return false;
    await setTimeout(pollMs);
  }
  return true;
}

async function readAttempt(folder: string): Promise<AttemptFile | null> {
  const text = await readTextOrNull(path.join(folder, "attempt.json"));
  return fileSchema.safeParse(parseJson(text ?? "")).data ?? null;
}
