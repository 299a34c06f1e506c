import { spawn } from "node:child_process";
import { openSync, closeSync, readFileSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import type { ExperimentDirectory } from "../experiment/experiment-directory";
import { thisProcess } from "../experiment/process-owner";
import type { LiveSnapshot } from "../protocol/live";
import { readSnapshot } from "./follow";
import { userEnvironment } from "./user-environment";

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
  await directory.create();
  const log = openSync(logFile, "w");
  const child = spawn(process.execPath, [cli, "run", ...args], {
    detached: true,
    stdio: ["ignore", log, log],
    env: { ...userEnvironment(), ELECTRON_RUN_AS_NODE: "1" },
    windowsHide: true,
  });
  closeSync(log);
  child.unref();
  const exited = new Promise<void>((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", () => {
      resolve();
    });
  });
  const own = (snapshot: LiveSnapshot | null) =>
    snapshot?.scheduler.pid === child.pid && snapshot?.scheduler.host === thisProcess().host
      ? snapshot
      : null;
  await Promise.race([exited, snapshotThat(directory, own)]);
  const first = own(await readSnapshot(directory));
  if (first?.state === "failed") throw new Error(first.message ?? "The training failed.");
  if (!first) throw new Error(lastWords(logFile));
}

function lastWords(logFile: string): string {
  return readFileSync(logFile, "utf8").trim() || "The scheduler ended without a word.";
}

async function snapshotThat(
  directory: ExperimentDirectory,
  accept: (snapshot: LiveSnapshot | null) => LiveSnapshot | null,
): Promise<void> {
  while (!accept(await readSnapshot(directory))) await setTimeout(50);
}
