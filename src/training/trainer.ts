import { setImmediate } from "node:timers/promises";
import type { TrainerMessage, TrainerRequest } from "../protocol/trainer";
import { chooseEngine } from "./choose-engine";
import { readDataset } from "./datasets";
import type { Dataset } from "./datasets/dataset";
import { trainRun, type Progress } from "./train-run";

/**
 * Entry of the trainer process: trains the runs that the scheduler sends over the IPC channel, one at a
 * time, and exits when that channel closes, so that it never outlives its scheduler.
 */
const progressIntervalMs = 200;
/** How long the event loop may go without a look at the channel: ONNX Runtime's calls block it. */
const yieldIntervalMs = 40;

let loadedDataset: {
  readonly id: string;
  readonly folder: string;
  readonly dataset: Dataset;
} | null = null;
let resumed: Promise<void> | null = null;
let resume: () => void = () => undefined;

process.on("disconnect", () => process.exit(1));
process.on("message", (request: TrainerRequest) => {
  switch (request.type) {
    case "pause":
      resumed ??= new Promise((resolve) => (resume = resolve));
      return;
    case "resume":
      resumed = null;
      resume();
      return;
    case "prepare":
      void reportFailure(prepare(request.model, request.batchSize));
      return;
    case "train":
      void reportFailure(train(request));
  }
});

function send(message: TrainerMessage): void {
  if (process.connected) process.send?.(message);
}

async function reportFailure(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    send({ type: "failed", message, code: code ?? null });
  }
}

async function prepare(model: string, batchSize: number): Promise<void> {
  const engine = await chooseEngine(model, { initialWeights: 0, dropout: 0 }, batchSize);
  send({ type: "ready", engine: engine.description });
  await engine.dispose();
}

async function train(request: Extract<TrainerRequest, { type: "train" }>): Promise<void> {
  const started = performance.now();
  const { settings, seeds, directory, dataFolder } = request;
  const dataset = await datasetOf(settings.dataset, dataFolder);
  const engine = await chooseEngine(settings.model, seeds, settings.batchSize);
  try {
    const outcome = await trainRun(engine, {
      settings,
      seeds,
      dataset,
      directory,
      afterStep: pacer(),
    });
    send({ type: "finished", seconds: (performance.now() - started) / 1000, outcome });
  } finally {
    await engine.dispose();
  }
}

async function datasetOf(id: string, folder: string): Promise<Dataset> {
  if (loadedDataset?.id !== id || loadedDataset.folder !== folder)
    loadedDataset = { id, folder, dataset: await readDataset(id, folder) };
  return loadedDataset.dataset;
}

/** Tells progress a few times a second, lets messages in, and holds the training while it is paused. */
function pacer(): (progress: Progress) => Promise<void> | undefined {
  let told = 0;
  let yielded = performance.now();
  return (progress) => {
    const now = performance.now();
    if (now - told >= progressIntervalMs) {
      told = now;
      send({ type: "progress", ...progress });
    }
    if (now - yielded < yieldIntervalMs) return undefined;
    yielded = now;
    return letMessagesIn();
  };
}

async function letMessagesIn(): Promise<void> {
  await setImmediate();
  while (resumed) await resumed;
}
