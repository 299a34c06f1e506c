import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/**
 * Names a process so that a later one of the same number is not taken for it: number, host, and where the
 * system tells (Linux) the clock tick it started at and the boot that it counts from.
 */
export interface ProcessOwner {
  readonly pid: number;
  /** First 8 hexadecimal digits of the host name's SHA-256: fit for a file name. */
  readonly host: string;
  /** Start tick and boot, or "0" where the system does not tell. */
  readonly started: string;
}

/** This process. */
export function thisProcess(): ProcessOwner {
  return { pid: process.pid, host: hostMark(), started: startTick(process.pid) ?? "0" };
}

/** Whether a process still runs; null where it is on another machine and cannot be asked. */
export function isRunning(owner: ProcessOwner): boolean | null {
  if (owner.host !== hostMark()) return null;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const started = startTick(owner.pid);
  return started === null || owner.started === "0" || started === owner.started;
}

function hostMark(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

/** 8 hexadecimal digits that differ from boot to boot; a container shares its host's. */
function bootMark(): string {
  return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").slice(0, 8);
}

/** Field 22 of /proc/<pid>/stat; null elsewhere. A process that is dead but not yet reaped has ended for us. */
function startTick(pid: number): string | null {
  if (process.platform !== "linux") return null;
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? "ended" : `${fields[19] ?? ""}_${bootMark()}`;
  } catch {
    return "ended";
  }
}
