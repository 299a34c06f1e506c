import { randomBytes } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";

const markName = "WEIGHT_ODOMETER_TASK";

/**
 * Marks everything that this process starts from now on, by the environment: what called setsid is in no group and
 * below no parent of ours, but it inherits the mark.
 */
export function markDescendants(): string {
  const mark = randomBytes(16).toString("hex");
  process.env[markName] = mark;
  return mark;
}

/** Ends what still carries the mark, but for this process (Linux). */
export function killDescendants(mark: string): void {
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    try {
      const environment = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
      if (environment.includes(`${markName}=${mark}`)) process.kill(pid, "SIGKILL");
    } catch {
      // It ended meanwhile, or is another user's.
    }
  }
}
