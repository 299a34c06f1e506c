// Finds a test session's processes wherever they are: a program started detached is in no group and below
// no parent of ours, but it inherits the environment, and the mark in it.
import { readFileSync, readdirSync } from "node:fs";

export const markName = "WEIGHT_ODOMETER_TEST_SESSION";

/**
 * The living processes that carry a mark, with their command lines. Linux only: elsewhere none is found.
 * @param {string} mark
 * @returns {{ pid: number, command: string }[]}
 */
export function markedProcesses(mark) {
  if (process.platform !== "linux") return [];
  const found = [];
  for (const pid of readdirSync("/proc")) {
    if (!/^\d+$/.test(pid) || pid === String(process.pid)) continue;
    try {
      // Empty where the process has ended and only its number is left.
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      if (!environment.includes(`${markName}=${mark}`)) continue;
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
      found.push({ pid: Number(pid), command });
    } catch {
      // It ended meanwhile, or is another user's.
    }
  }
  return found;
}
