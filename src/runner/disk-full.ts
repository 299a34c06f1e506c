import { statfs } from "node:fs/promises";
import { setTimeout } from "node:timers/promises";

/** A failure that would befall every further run too: no room is left, or no more is allowed. */
export class DiskFullError extends Error {
  /** @param detail what whoever met it said, where that says more */
  constructor(root: string, detail = "") {
    super(
      `No room is left on the disk of ${root}. Make some and run it again: it goes on from here. ${detail}`.trim(),
    );
  }
}

/** Whether the operating system's error code says that there is no room. */
export function isDiskFull(code: string | null | undefined): boolean {
  return code === "ENOSPC" || code === "EDQUOT";
}

const fullBytes = 65_536;
/** The system's own words in a program's output, in English: Python and most shells say no code. */
const words = /No space left on device|\bENOSPC\b|[Dd]isk quota exceeded|\bEDQUOT\b/;

/**
 * Whether a program that did not end well is likely to have met a full disk: it says so, or hardly anything is free.
 * @param folder where it writes
 * @param output the last lines of its output
 */
export async function metFullDisk(folder: string, output: string): Promise<boolean> {
  if (words.test(output)) return true;
  const disk = await statfs(folder).catch(() => null);
  // Some file systems tell no size at all.
  return disk !== null && disk.blocks > 0 && disk.bavail * disk.bsize < fullBytes;
}

const roomRetryMs = 2000;

/**
 * Does what needs little room on the disk of a folder, again and again until it has some.
 * @param onWait is told what it waits for
 * @throws the signal's reason where it is aborted; whatever else the work throws
 */
export async function onceThereIsRoom<T>(
  root: string,
  work: () => Promise<T>,
  onWait: (text: string) => void,
  signal: AbortSignal,
): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isDiskFull((error as NodeJS.ErrnoException).code)) throw error;
      onWait(waitsForRoom(root));
    }
    await setTimeout(roomRetryMs, undefined, { signal });
  }
}

/** What is said while room is waited for. */
export function waitsForRoom(root: string): string {
  return `No room is left on the disk of ${root}: waiting for some.`;
}
