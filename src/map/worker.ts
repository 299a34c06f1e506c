/** Entry of the bundle map-worker.js, run by metricMapInWorker in a thread of its own. */
import { parentPort, workerData } from "node:worker_threads";
import { metricMapSteps } from "./metric-map";
import type { WorkerMessage, WorkerTask } from "./metric-map-in-worker";

/** Milliseconds between progress messages. */
const PAUSE = 100;

function send(message: WorkerMessage): void {
  parentPort!.postMessage(message);
}

function run({ distances, n, dimensions, options }: WorkerTask): void {
  const steps = metricMapSteps(distances, n, dimensions, options);
  for (let last = performance.now(); ;) {
    const step = steps.next();
    if (step.done) {
      send({ type: "finished", map: step.value });
      return;
    }
    if (performance.now() - last < PAUSE) continue;
    send({ type: "progress", progress: step.value });
    last = performance.now();
  }
}

run(workerData as WorkerTask);
