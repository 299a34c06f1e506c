import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { onTestFinished } from "vitest";

/** Whether a file system in memory can be mounted: as root on Linux. */
export const canMount = process.platform === "linux" && process.getuid?.() === 0;

/** Makes a folder a small file system in memory that fills up; it is gone after the test. */
export function smallDisk(folder: string, megabytes: number): string {
  mkdirSync(folder, { recursive: true });
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  onTestFinished(() => {
    execFileSync("umount", ["--lazy", folder]);
  });
  return folder;
}
