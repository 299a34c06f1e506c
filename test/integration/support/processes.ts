import { readFileSync, readdirSync } from "node:fs";
import { setTimeout } from "node:timers/promises";

/** Processes whose parent is this one (Linux). */
export function childrenOf(pid: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => statFields(Number(name))?.[1] === String(pid))
    .map(Number);
}

/** Whether a process runs and is not merely waiting to be reaped (Linux). */
export function runs(pid: number): boolean {
  const state = statFields(pid)?.[0];
  return state !== undefined && state !== "Z";
}

/** Waits until none of some processes runs. @throws Error after 10 seconds */
export async function gone(pids: readonly number[]): Promise<void> {
  for (let waited = 0; pids.some(runs); waited += 20) {
    if (waited > 10_000) throw new Error(`still running: ${pids.filter(runs).join(", ")}`);
    await setTimeout(20);
  }
}

/** Fields of /proc/<pid>/stat after the name: state, parent, … */
function statFields(pid: number): string[] | null {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
  } catch {
    return null;
  }
}

/** Processes that carry an entry such as "NAME=value" in their environment, whoever started them (Linux). */
export function carrying(entry: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => runs(pid) && environment(pid).includes(entry));
}

function environment(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
