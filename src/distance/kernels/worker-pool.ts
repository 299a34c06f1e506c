import { Worker } from "node:worker_threads";

/** Milliseconds that a worker without work is kept: comparisons often come one after the other. */
const KEEP = 2000;

/** By name: without names Node would remove its own listeners too, and no message came any more. */
const EVENTS = ["message", "error", "exit"];

const idle = new Map<string, Worker[]>();

/** A worker of this bundle that has nothing to do: one that was kept, or a new one. It keeps the process alive. */
export function takeWorker(bundle: string): Worker {
  const kept = idle.get(bundle)?.pop();
  if (!kept) return new Worker(bundle);
  removeListeners(kept);
  kept.ref();
  return kept;
}

/** Keeps a worker that is done for the next that wants one; it does not keep the process alive. */
export function keepWorker(bundle: string, worker: Worker): void {
  removeListeners(worker);
  worker.unref();
  const kept = idle.get(bundle) ?? [];
  kept.push(worker);
  idle.set(bundle, kept);
  const forget = () => {
    const at = kept.indexOf(worker);
    if (at < 0) return;
    kept.splice(at, 1);
    void worker.terminate();
  };
  const timer = setTimeout(forget, KEEP).unref();
  worker.once("error", forget);
  worker.once("exit", () => {
    clearTimeout(timer);
    forget();
  });
}

function removeListeners(worker: Worker): void {
  for (const event of EVENTS) worker.removeAllListeners(event);
}
