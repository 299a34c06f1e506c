import { readFileSync } from "node:fs";
import os from "node:os";

/**
 * The vector instructions that CPU kernels can use here, such as "avx2", since they decide how sums are
 * rounded. Where the flags cannot be read: the architecture and the processor's name.
 */
export function kernelLevel(): string {
  if (process.arch === "x64") {
    const flags = linuxFlags();
    if (flags !== undefined)
      return (
        ["avx512f", "avx2", "avx"].find((flag) => flags.has(flag))?.replace("512f", "512") ?? "sse"
      );
  }
  const name = os.cpus()[0]?.model.trim().replace(/\s+/g, " ") ?? "";
  return name === "" ? process.arch : `${process.arch} ${name}`;
}

function linuxFlags(): ReadonlySet<string> | undefined {
  try {
    const line = /^flags\s*:(.*)$/m.exec(readFileSync("/proc/cpuinfo", "utf8"))?.[1];
    return line === undefined ? undefined : new Set(line.trim().split(/\s+/));
  } catch {
    return undefined;
  }
}
