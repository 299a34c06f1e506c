import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { endTree, signalTree, type ProcessTree } from "./process-tree";
import type { CommandStart, SupervisorMessage, SupervisorRequest } from "./supervision";

/**
 * A process that watches over one command of the user's: it ends the command with all that it started when it is told to,
 * when the command's own process has ended, and when the scheduler is gone, however that went: the channel closes then.
 */

let tree: ProcessTree | null = null;
let leaving = false;

process.on("message", (request: SupervisorRequest) => {
  if (request.type === "start") start(request);
  else if (request.type === "stop") void leave();
  else if (tree) signalTree(tree, request.type === "pause" ? "SIGSTOP" : "SIGCONT");
});
process.on("disconnect", () => void leave());
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
  process.on(signal, () => void leave());

function start({ program, mark, log, ...start }: CommandStart): void {
  let output: number;
  try {
    output = openSync(log, "a");
  } catch (error) {
    refuse(error as NodeJS.ErrnoException);
    return;
  }
  const child = spawn(program, start.arguments, {
    cwd: start.workingDirectory,
    env: { ...start.environment, [mark.variable]: mark.value },
    stdio: ["ignore", output, output],
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  closeSync(output);
  child.on("error", (error) => {
    if (child.pid === undefined) refuse(error);
  });
  const { pid } = child;
  if (pid === undefined) return;
  const own = { pid, mark };
  tree = own;
  tell({ type: "started", pid });
  child.on("exit", (code, signal) => {
    void endTree(own).then(() => {
      tree = null;
      tell({ type: "ended", code, signal });
    });
  });
}

function refuse(error: NodeJS.ErrnoException): void {
  tell({ type: "refused", message: error.message, code: error.code ?? null });
}

async function leave(): Promise<void> {
  if (leaving) return;
  leaving = true;
  if (tree) await endTree(tree);
  process.exit(0);
}

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message, () => undefined);
}
