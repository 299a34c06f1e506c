// Child processes that never outlive this program: each leads its own process group, and whatever
// ends this program ends the groups.
import { spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
let watching = false;

/**
 * Ends a process and its descendants in its group.
 * @param {number} pid
 * @param {NodeJS.Signals} [signal]
 */
export function killGroup(pid, signal = "SIGKILL") {
  if (process.platform === "win32") {
    // Windows has no process groups; taskkill walks the tree.
    spawnSync("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody of the group is left.
  }
}

function endAll() {
  for (const child of running) if (child.pid !== undefined) killGroup(child.pid);
  running.clear();
}

/** Turns the signals that end a program into an orderly end, at which "exit" listeners clean up. */
export function endOnSignals() {
  if (watching) return;
  watching = true;
  process.on("exit", endAll);
  for (const [signal, number] of [
    ["SIGINT", 2],
    ["SIGTERM", 15],
    ["SIGHUP", 1],
  ]) {
    process.on(signal, () => process.exit(128 + number));
  }
}

/**
 * Starts a process in its own group, registered to end with this program.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} [options]
 */
export function start(command, args, options = {}) {
  endOnSignals();
  const child = spawn(command, args, { detached: process.platform !== "win32", ...options });
  running.add(child);
  child.once("exit", () => running.delete(child));
  child.once("error", () => running.delete(child));
  return child;
}

/**
 * Runs a process to its end. Its output goes to the file `log`, else to this program's own.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, timeout?: number }} [options]
 * @returns {Promise<{ code: number, timedOut: boolean }>} the exit code; 1 where a signal ended it
 */
export async function run(command, args, { cwd, env, log, timeout } = {}) {
  const output = log === undefined ? "inherit" : openSync(log, "a");
  try {
    const child = start(command, args, {
      ...(cwd === undefined ? {} : { cwd }),
      ...(env === undefined ? {} : { env }),
      stdio: ["ignore", output, output],
    });
    let timedOut = false;
    const timer =
      timeout === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            if (child.pid !== undefined) killGroup(child.pid);
          }, timeout);
    const code = await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (exitCode) => resolve(exitCode ?? 1));
    });
    clearTimeout(timer);
    return { code, timedOut };
  } finally {
    if (typeof output === "number") closeSync(output);
  }
}

/**
 * Runs a process and throws where it fails, with the end of its log.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, log?: string, timeout?: number }} [options]
 */
export async function mustRun(command, args, options = {}) {
  const { code, timedOut } = await run(command, args, options);
  if (code === 0) return;
  const end =
    options.log === undefined
      ? ""
      : `\n${readFileSync(options.log, "utf8").trimEnd().split("\n").slice(-40).join("\n")}`;
  const what = timedOut ? `was stopped after ${options.timeout} ms` : `ended with code ${code}`;
  throw new Error(`${[command, ...args].join(" ")} ${what}${end}`);
}
