/** Entry of the bundle distance-worker.js, run by sumsInWorkers in threads of its own: one task after the other. */
import { parentPort } from "node:worker_threads";
import { CheckpointError } from "../../checkpoint/error";
import type { WorkerMessage } from "./sums-in-workers";
import { sweep, type PieceResult, type SweepTask } from "./sweep";

/** Milliseconds between messages: many small tensors cost few. */
const PAUSE = 50;

function send(message: WorkerMessage): void {
  parentPort!.postMessage(message);
}

function run(task: SweepTask): void {
  let results: PieceResult[] = [];
  let last = performance.now();
  for (const result of sweep(task)) {
    results.push(result);
    if (performance.now() - last < PAUSE) continue;
    send({ type: "results", results, finished: false });
    results = [];
    last = performance.now();
  }
  send({ type: "results", results, finished: true });
}

parentPort!.on("message", (task: SweepTask) => {
  try {
    run(task);
  } catch (error) {
    // Errors lose their class on the way to another thread.
    if (!(error instanceof CheckpointError)) throw error;
    const { path, reason, offset } = error;
    send({ type: "failed", path, reason, offset });
  }
});
