import { spawn } from "node:child_process";
import { mkdirSync, openSync, closeSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { isRunning, thisProcess } from "../experiment/process-owner";
import { readSnapshot, isAtWork } from "./follow";

/**
 * Starts a scheduler in the background, in a process group of its own, so that closing the window, the
 * terminal or the connection stops nothing. Resolves when it has written its first snapshot.
 * @param cli The command line's bundle.
 * @param args Arguments of its `run` command.
 * @throws Error with the scheduler's own words where it ends before that
 */
export async function startDetached(
  cli: string,
  args: readonly string[],
  directory: ExperimentDirectory,
): Promise<void> {
  const logFile = directory.logFile("scheduler.log");
  mkdirSync(directory.logFile(""), { recursive: true });
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, [cli, "run", ...args], {
    detached: true,
    stdio: ["ignore", log, log],
    env: schedulerEnvironment(),
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  const failure = new Promise<never>((_, reject) => {
    child.on("error", reject);
    child.on("exit", () => {
      reject(
        new Error(readFileSync(logFile, "utf8").trim() || "The scheduler ended without a word."),
      );
    });
  });
  await Promise.race([failure, firstSnapshot(directory, child.pid ?? 0)]);
}

/** A user's environment, less what VS Code's own processes are told by. */
function schedulerEnvironment(): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(ELECTRON_|VSCODE_)/.test(name),
  );
  return { ...Object.fromEntries(inherited), ELECTRON_RUN_AS_NODE: "1" };
}

async function firstSnapshot(directory: ExperimentDirectory, pid: number): Promise<void> {
  const { host } = thisProcess();
  for (;;) {
    const snapshot = await readSnapshot(directory);
    if (
      snapshot?.scheduler.pid === pid &&
      snapshot.scheduler.host === host &&
      (isAtWork(snapshot) || !isRunning(snapshot.scheduler))
    )
      return;
    await setTimeout(50);
  }
}
