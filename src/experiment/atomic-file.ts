import { randomBytes } from "node:crypto";
import { open, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { isRunning, thisProcess } from "./process-owner";

/** Writes a whole file aside, flushes it and renames it into place: a reader sees the old text or the new. */
export async function writeFileAtomic(file: string, text: string): Promise<void> {
  const { pid, host } = thisProcess();
  const aside = `${file}.${pid}-${host}-${randomBytes(4).toString("hex")}.tmp`;
  try {
    const handle = await open(aside, "w");
    try {
      await handle.writeFile(text, "utf8");
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(aside, file);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

const abandonedAfterMs = 86_400_000;

/** Removes what writers that were killed left aside in a folder; where nobody can be asked, after a day. */
export async function removeAbandonedAsides(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, pid, host] = /\.(\d+)-([0-9a-f]{8})-[0-9a-f]{8}\.tmp$/.exec(name) ?? [];
    if (!pid || !host) continue;
    const file = path.join(folder, name);
    const running = isRunning({ pid: Number(pid), host, started: "0" });
    if (running ?? (await ageMs(file)) < abandonedAfterMs) continue;
    await rm(file, { force: true });
  }
}

async function ageMs(file: string): Promise<number> {
  return stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
}
