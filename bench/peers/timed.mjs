// Programs that print their times as JSON, ours and the peers', each in a process of its own.
import { spawnSync } from "node:child_process";

/** Settings, as environment variables, by which the peers' libraries use so many threads. */
export function threadSettings(threads) {
  const names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"];
  return Object.fromEntries(names.map((name) => [name, String(threads)]));
}

/**
 * Runs a program to its end.
 * @returns what it printed last, parsed
 * @throws where it fails
 */
export function timed(command, args, threads) {
  const { status, stdout, error } = spawnSync(command, args.map(String), {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...threadSettings(threads) },
  });
  if (status !== 0) throw new Error(`${command} ${args[0]} failed: ${error ?? status}`);
  return JSON.parse(stdout.trim().split("\n").at(-1));
}

/** The middle of some numbers. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
