import { existsSync } from "node:fs";
import path from "node:path";
import { setImmediate } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import {
  metricMapSteps,
  type MetricMap,
  type MetricMapOptions,
  type MetricMapProgress,
} from "./metric-map";

/** What the worker is started with. */
export interface WorkerTask {
  readonly distances: Float64Array;
  readonly n: number;
  readonly dimensions: number;
  readonly options: MetricMapOptions;
}

/** What it sends. An exception in it comes as the worker's own error event. */
export type WorkerMessage =
  | { readonly type: "progress"; readonly progress: MetricMapProgress }
  | { readonly type: "finished"; readonly map: MetricMap };

export interface MetricMapCallOptions extends MetricMapOptions {
  readonly onProgress?: (progress: MetricMapProgress) => void;
  readonly signal?: AbortSignal;
}

/** Milliseconds between signs of life. */
const PAUSE = 100;

/**
 * Metric map (see metricMapSteps) in a worker thread of its own; from source, where no worker was bundled beside this
 * file, in this thread with pauses for others.
 * @throws the signal's reason where it is aborted
 */
export async function metricMapInWorker(
  distances: Float64Array,
  n: number,
  dimensions: number,
  { onProgress, signal, ...options }: MetricMapCallOptions,
): Promise<MetricMap> {
  signal?.throwIfAborted();
  const task: WorkerTask = { distances, n, dimensions, options };
  const bundle = path.join(__dirname, "map-worker.js");
  return existsSync(bundle)
    ? await runWorker(bundle, task, onProgress, signal)
    : await runInline(task, onProgress, signal);
}

async function runWorker(
  bundle: string,
  task: WorkerTask,
  onProgress: MetricMapCallOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<MetricMap> {
  const worker = new Worker(bundle, { workerData: task });
  const stop = new AbortController();
  try {
    return await new Promise<MetricMap>((resolve, reject) => {
      signal?.addEventListener(
        "abort",
        () => {
          reject(signal.reason as Error);
        },
        { signal: stop.signal },
      );
      worker.on("error", reject);
      worker.on("exit", (code) => {
        reject(new Error(`The map's worker ended early (${code}).`));
      });
      worker.on("message", (message: WorkerMessage) => {
        if (message.type === "finished") resolve(message.map);
        else onProgress?.(message.progress);
      });
    });
  } finally {
    stop.abort();
    await worker.terminate();
  }
}

async function runInline(
  { distances, n, dimensions, options }: WorkerTask,
  onProgress: MetricMapCallOptions["onProgress"],
  signal: AbortSignal | undefined,
): Promise<MetricMap> {
  const steps = metricMapSteps(distances, n, dimensions, options);
  for (let last = performance.now(); ;) {
    const step = steps.next();
    if (step.done) return step.value;
    if (performance.now() - last < PAUSE) continue;
    onProgress?.(step.value);
    await setImmediate();
    signal?.throwIfAborted();
    last = performance.now();
  }
}
