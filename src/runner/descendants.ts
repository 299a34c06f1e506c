import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { markVariables } from "../experiment/command/placeholders";

/** A mark by the environment: what called setsid is in no group and below no parent of ours, but it inherits the mark. */
export interface Mark {
  readonly variable: string;
  readonly value: string;
}

export function newMark(variable: string): Mark {
  return { variable, value: randomBytes(16).toString("hex") };
}

/** The mark of what a run's command starts. */
export const runMark = markVariables.run;

/** Marks everything that this process starts from now on. */
export function markDescendants(): Mark {
  const mark = newMark(markVariables.task);
  process.env[mark.variable] = mark.value;
  return mark;
}

/** Processes that carry a mark and have not ended, but for this one (Linux; elsewhere none can be told). */
export function marked({ variable, value }: Mark): readonly number[] {
  return processes().filter((pid) => {
    const environment = read(`/proc/${pid}/environ`)?.split("\0");
    return environment?.includes(`${variable}=${value}`) === true && !isZombie(pid);
  });
}

/** Processes of a process group that have not ended (Linux). */
export function inGroup(group: number): readonly number[] {
  return processes().filter((pid) => {
    const [state, , own] = statOf(pid);
    return own === String(group) && state !== "Z";
  });
}

/** Ends what still carries the mark, but for this process (Linux). */
export function killDescendants(mark: Mark): void {
  for (const pid of marked(mark)) send(pid, "SIGKILL");
}

/** Sends a signal; one that has ended meanwhile, or is another user's, is passed over. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It ended meanwhile, or is another user's.
  }
}

function processes(): number[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && pid !== process.pid);
}

function isZombie(pid: number): boolean {
  return statOf(pid)[0] === "Z";
}

/** Fields of /proc/<pid>/stat after the name: state, parent, group, …; empty where it has ended. */
function statOf(pid: number): string[] {
  return (read(`/proc/${pid}/stat`) ?? "").replace(/^.*\) /s, "").split(" ");
}

function read(file: string): string | null {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return null;
  }
}
