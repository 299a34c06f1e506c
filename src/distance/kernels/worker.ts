/** Entry of the bundle distance-worker.js, run by sumsInWorkers in threads of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { CheckpointError } from "../../checkpoint/error";
import { Kernel } from "./kernel";
import { FileReader } from "./read-bytes";
import type { PieceResult, WorkerMessage, WorkerTask } from "./sums-in-workers";

/** Milliseconds between messages: many small tensors cost few. */
const PAUSE = 50;

function send(message: WorkerMessage): void {
  parentPort!.postMessage(message);
}

function run({ module, pieces, next, identities }: WorkerTask): void {
  const kernel = new Kernel(module);
  const files = new FileReader(identities);
  const counter = new Int32Array(next);
  let results: PieceResult[] = [];
  for (let last = performance.now(); ;) {
    const index = Atomics.add(counter, 0, 1);
    if (index >= pieces.length) break;
    results.push({ index, sums: kernel.sums(pieces[index], files.read) });
    if (performance.now() - last < PAUSE) continue;
    send({ type: "results", results });
    results = [];
    last = performance.now();
  }
  files.close();
  send({ type: "results", results });
}

try {
  run(workerData as WorkerTask);
} catch (error) {
  // Errors lose their class on the way to another thread.
  if (!(error instanceof CheckpointError)) throw error;
  const { path, reason, offset } = error;
  send({ type: "failed", path, reason, offset });
}
