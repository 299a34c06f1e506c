import { mkdir, readFile, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import { randomBytes } from "node:crypto";
import { removeAbandonedAsides, writeFileAtomic } from "./atomic-file";
import { inWords } from "./unwritable";
import { isRunning, thisProcess, type ProcessOwner } from "./process-owner";
import { runRecordSchema, type RunRecord } from "./run-record";

/**
 * Paths inside an experiment's directory, which is the database:
 *
 *     experiment.json               what is asked for
 *     runs/<2 hex>/<key>/           a finished run, whole
 *     partial/<key>.<attempt>/      a run under way
 *     live.json  requests/          what the scheduler tells, and is asked
 *     results.json  index.jsonl     derived from runs/, made anew at will
 *     slurm/<id>/                   what was submitted to a cluster and has not ended
 *     log/                          times and messages, the only files that differ between two equal runs
 */
export class ExperimentDirectory {
  constructor(readonly root: string) {}

  readonly experimentFile = (): string => path.join(this.root, "experiment.json");
  readonly liveFile = (): string => path.join(this.root, "live.json");
  readonly resultsFile = (): string => path.join(this.root, "results.json");
  readonly requestFile = (request: string): string => path.join(this.root, "requests", request);
  /** What the ledger keeps of finished runs: derived from runs/, made anew at will. */
  readonly indexFile = (): string => path.join(this.root, "index.jsonl");
  /** Submissions to a cluster that have not ended. */
  readonly submissionsRoot = (): string => path.join(this.root, "slurm");
  readonly logFile = (name: string): string => path.join(this.root, "log", name);
  readonly runFolder = (key: string): string => path.join(this.root, "runs", key.slice(0, 2), key);
  readonly partialRoot = (): string => path.join(this.root, "partial");

  /**
   * Makes the directory, with a .gitignore that keeps it out of the user's repository.
   * @throws Error that says what to do where it cannot be written to
   */
  async create(): Promise<void> {
    try {
      for (const folder of ["runs", "partial", "requests", "log"])
        await mkdir(path.join(this.root, folder), { recursive: true });
      await writeFileAtomic(path.join(this.root, ".gitignore"), "*\n");
    } catch (error) {
      throw await inWords(error);
    }
  }

  /** Makes an empty folder for one attempt at a run; its name tells whose it is. */
  async beginAttempt(key: string): Promise<string> {
    const folder = this.attemptFolder(key);
    await mkdir(folder, { recursive: true });
    return folder;
  }

  /** A new name for a folder of an attempt of this process. */
  attemptFolder(key: string): string {
    const { pid, host, started } = thisProcess();
    const attempt = [pid, host, started, randomBytes(4).toString("hex")].join("-");
    return path.join(this.partialRoot(), `${key}.${attempt}`);
  }

  /** Shows that an attempt is still worked on, to those who cannot ask its process. */
  async touchAttempt(folder: string): Promise<void> {
    const now = new Date();
    await utimes(folder, now, now).catch(() => undefined);
  }

  /**
   * Renames a whole attempt into place. Where the run is already there the first stays: both are the same
   * bytes, for the key names all that decides them.
   */
  async finishAttempt(folder: string, record: RunRecord): Promise<void> {
    const target = this.runFolder(record.key);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFileAtomic(path.join(folder, "run.json"), `${JSON.stringify(record, null, 2)}\n`);
    const claim = path.join(folder, "attempt.json");
    const claimed = await readTextOrNull(claim);
    await rm(claim, { force: true });
    try {
      await rename(folder, target);
    } catch (error) {
      if (!(await isFolder(target))) {
        // The next attempt is to find it as an attempt.
        if (claimed !== null) await writeFileAtomic(claim, claimed);
        throw error;
      }
      await rm(folder, { recursive: true, force: true });
    }
    for (const folder of [this.root, path.join(this.root, "log")])
      await removeAbandonedAsides(folder);
  }

  /**
   * Removes attempts and half-written files that nobody works on any more. Those of another machine, which cannot be asked, go
   * after a day without a change.
   * @param resumed keys of runs that go on in what an attempt left: that stays
   */
  async removeAbandonedAttempts(resumed: ReadonlySet<string> = new Set()): Promise<void> {
    for (const name of await namesIn(this.partialRoot())) {
      const folder = path.join(this.partialRoot(), name);
      if (resumed.has(name.slice(0, 32)) && !(await this.hasRun(name.slice(0, 32)))) continue;
      const owner = attemptOwner(name);
      const running = owner && isRunning(owner);
      if (running === true && owner.pid !== process.pid) continue;
      if (running === null && owner && (await ageInDays(folder)) < 1) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Whether a run is finished. */
  readonly hasRun = (key: string): Promise<boolean> => isFolder(this.runFolder(key));

  /** A finished run's record; null where there is none. @throws Error on a record that is not one. */
  async readRun(key: string): Promise<RunRecord | null> {
    const file = path.join(this.runFolder(key), "run.json");
    const text = await readTextOrNull(file);
    if (text === null) return null;
    const record = runRecordSchema.safeParse(parseJson(text));
    if (!record.success)
      throw new Error(
        `${file} is not a run record of this version: ${record.error.issues[0]?.message ?? ""}`,
      );
    return record.data;
  }

  /** Keys of all finished runs, in order of key. */
  async finishedKeys(): Promise<readonly string[]> {
    const prefixes = await namesIn(path.join(this.root, "runs"));
    const keys = await Promise.all(
      prefixes.map((prefix) => namesIn(path.join(this.root, "runs", prefix))),
    );
    return keys
      .flat()
      .filter((name) => /^[0-9a-f]{32}$/.test(name))
      .sort();
  }
}

/** A text file's content; null where there is no such file. */
export async function readTextOrNull(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A JSON text's value; undefined where it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Names in a folder, in order; none where it is not there. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

async function isFolder(folder: string): Promise<boolean> {
  return stat(folder).then(
    (entry) => entry.isDirectory(),
    () => false,
  );
}

/** Whose attempt a folder below partial/ is, by its name; null where it is nobody's. */
export function attemptOwner(name: string): ProcessOwner | null {
  const [, pid, host, started] =
    /^[0-9a-f]{32}\.(\d+)-([0-9a-f]{8})-(\w+)-[0-9a-f]{8}$/.exec(name) ?? [];
  return pid && host && started ? { pid: Number(pid), host, started } : null;
}

async function ageInDays(folder: string): Promise<number> {
  return stat(folder).then(
    ({ mtimeMs }) => (Date.now() - mtimeMs) / 86_400_000,
    () => 0,
  );
}
