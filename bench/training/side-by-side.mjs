// Two processes of one program at the same time, each on one thread; see measured.ts for what they print.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { threadSettings } from "../peers/timed.mjs";

/** What a pair of processes may take in all, in milliseconds. */
const LIMIT = 600_000;

/**
 * Runs a program twice side by side: both are let go when both are warm.
 * @returns the times of all steps of both, what they said of themselves after the first step, the first's seconds since
 * the start and the larger peak of memory
 * @throws where one of them fails
 */
export async function sideBySide(command, args, environment = process.env) {
  const processes = [0, 1].map(() => start(command, args, environment));
  const limit = setTimeout(() => processes.forEach(({ stop }) => stop()), LIMIT);
  try {
    const first = await Promise.all(processes.map(({ line }) => line()));
    await Promise.all(processes.map(({ line }) => line()));
    for (const { go } of processes) go();
    const figures = await Promise.all(processes.map(({ line }) => line()));
    return {
      ...first[0].value,
      firstStepSeconds: Math.max(...first.map(({ at }) => at)),
      seconds: figures.flatMap(({ value }) => value.seconds),
      cpuSeconds: figures.flatMap(({ value }) => value.cpuSeconds),
      memoryMB: Math.max(...figures.map(({ value }) => value.peakMemoryMB)),
    };
  } finally {
    clearTimeout(limit);
    for (const { stop } of processes) stop();
    await Promise.all(processes.map(({ ended }) => ended));
  }
}

function start(command, args, environment) {
  const begun = performance.now();
  const child = spawn(command, args.map(String), {
    env: { ...environment, ...threadSettings(1) },
  });
  // What cannot be started ends too: the lines say so.
  const ended = once(child, "close").catch(() => undefined);
  child.stdin.on("error", () => undefined);
  // TensorFlow says much that is no error.
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (complaints += text));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ended,
    go: () => child.stdin.end("go\n"),
    stop: () => child.kill("SIGKILL"),
    /** The next line, and its seconds since the start. */
    async line() {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${args[0]} ended early: ${complaints.slice(-2000)}`);
      return { value: JSON.parse(value), at: (performance.now() - begun) / 1000 };
    },
  };
}
