import { execFile } from "node:child_process";
import { setTimeout } from "node:timers/promises";
import { inGroup, marked, send, type Mark } from "../descendants";

/** A program that was started in a process group of its own, with all that it started. */
export interface ProcessTree {
  /** Of the program: the group's number too. */
  readonly pid: number;
  readonly mark: Mark;
}

/** How long a tree may take to end by itself. */
const graceMs = 5000;
const pollMs = 50;
/** A process that does not even end by SIGKILL waits for the system, as for a disk that is gone. */
const killMs = 10_000;

/** Sends a signal to the group, and on Linux to all that left it. */
export function signalTree({ pid, mark }: ProcessTree, signal: NodeJS.Signals): void {
  send(-pid, signal);
  for (const other of marked(mark)) send(other, signal);
}

/** Asks a tree to end (SIGTERM), ends by force (SIGKILL) what has not after a few seconds, and waits until it is gone. */
export async function endTree(tree: ProcessTree): Promise<void> {
  if (process.platform === "win32") return endOnWindows(tree.pid);
  if (!isAlive(tree)) return;
  signalTree(tree, "SIGTERM");
  // What is stopped would not see it.
  signalTree(tree, "SIGCONT");
  if (await ended(tree, graceMs)) return;
  for (let waited = 0; waited < killMs && isAlive(tree); waited += pollMs) {
    signalTree(tree, "SIGKILL");
    await setTimeout(pollMs);
  }
}

async function ended(tree: ProcessTree, withinMs: number): Promise<boolean> {
  for (let waited = 0; isAlive(tree); waited += pollMs) {
    if (waited >= withinMs) return false;
    await setTimeout(pollMs);
  }
  return true;
}

function isAlive({ pid, mark }: ProcessTree): boolean {
  if (process.platform === "linux") return inGroup(pid).length > 0 || marked(mark).length > 0;
  try {
    return process.kill(-pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function endOnWindows(pid: number): Promise<void> {
  await new Promise<void>((resolve) => {
    execFile("taskkill", ["/pid", String(pid), "/T", "/F"], () => {
      resolve();
    });
  });
}
