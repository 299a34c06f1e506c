// node guard.mjs MARK FOLDER PROGRAM [ARGUMENT...]
// Runs a program for as long as its own standard input stays open: when the starter closes it, or ends in
// whatever way (also killed, which it could not clean up after), the program and all it started end too,
// and the folder they worked in is removed.
import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { markName, markedProcesses } from "./marked-processes.mjs";
import { killGroup } from "./processes.mjs";

/** Time for an orderly end, in milliseconds. */
const patience = 5000;

const [mark, folder, program, ...args] = process.argv.slice(2);
const child = spawn(program, args, {
  detached: true,
  stdio: ["ignore", "inherit", "inherit"],
  env: { ...process.env, [markName]: mark },
});

child.once("error", (error) => {
  console.error(error.message);
  process.exit(1);
});
child.once("exit", (code) => {
  killGroup(child.pid);
  // Until none is left: one that was just being started would escape a single look.
  for (let left = markedProcesses(mark); left.length > 0; left = markedProcesses(mark)) {
    for (const { pid } of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // It ended meanwhile.
      }
    }
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  killGroup(child.pid, "SIGTERM");
  setTimeout(() => killGroup(child.pid), patience).unref();
}
process.stdin.once("close", stop).once("error", stop).resume();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, stop);
