// Starts a program under guard.mjs, and reads what it prints until it is ready.
import { randomUUID } from "node:crypto";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { spawn } from "node:child_process";
import { markedProcesses } from "./marked-processes.mjs";

const guard = path.join(path.dirname(fileURLToPath(import.meta.url)), "guard.mjs");

/**
 * @typedef {object} Guarded
 * @property {(pattern: RegExp, timeout: number) => Promise<RegExpExecArray>} printed waits for a line of output
 * @property {() => string} output all output so far
 * @property {() => { pid: number, command: string }[]} processes what it and its descendants have running
 * @property {() => Promise<void>} stop ends it and all it started
 */

/**
 * @param {string} folder where it works: removed when it has ended
 * @param {string} program
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Guarded}
 */
export function startGuarded(folder, program, args, env) {
  const mark = randomUUID();
  // In a group of its own: who kills the starter's group must leave the guard alive to do its work.
  const child = spawn(process.execPath, [guard, mark, folder, program, ...args], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
    env,
  });
  let output = "";
  let ended = false;
  /** @type {Set<() => void>} */
  const listeners = new Set();
  const notify = () => {
    for (const listener of [...listeners]) listener();
  };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      notify();
    });
  }
  child.stdin.on("error", () => undefined);
  const end = new Promise((resolve) => {
    child.once("close", () => {
      ended = true;
      notify();
      resolve(undefined);
    });
  });
  return {
    output: () => output,
    processes: () => markedProcesses(mark),
    printed: (pattern, timeout) =>
      new Promise((resolve, reject) => {
        const finish = (settle) => {
          clearTimeout(timer);
          listeners.delete(look);
          settle();
        };
        const fail = (what) =>
          finish(() =>
            reject(new Error(`${program} ${what} before printing ${pattern}:\n${output}`)),
          );
        const look = () => {
          const match = pattern.exec(output);
          if (match !== null) finish(() => resolve(match));
          else if (ended) fail("ended");
        };
        const timer = setTimeout(() => fail(`took ${timeout} ms`), timeout);
        listeners.add(look);
        look();
      }),
    stop: async () => {
      child.stdin.end();
      await end;
    },
  };
}
