import { setImmediate } from "node:timers/promises";
import { cacheLimits } from "../data/user-folders";
import type {
  EngineChoice,
  TrainerMessage,
  TrainerRequest,
  TrainingSettings,
} from "../protocol/trainer";
import type { RunSeeds } from "../protocol/results";
import { chooseEngine } from "./choose-engine";
import { readDataset, type DatasetRequest } from "./datasets";
import type { Dataset } from "./datasets/dataset";
import type { TrainingEngine } from "./engines/engine";
import { modelDefinition, type ModelDefinition } from "./models";
import { Pace } from "./pace";
import type { Progress } from "./run-task";
import { trainRun } from "./train-run";

/**
 * Entry of the trainer process: trains the runs that the scheduler sends over the IPC channel, one at a
 * time, and exits when that channel closes, so that it never outlives its scheduler.
 */
const progressIntervalMs = 200;
/** How long the event loop may go without a look at the channel: ONNX Runtime's calls block it. */
const yieldIntervalMs = 40;

/** Asked for once, when the process is prepared. */
let engineChoice: EngineChoice = "auto";
let loaded: { readonly request: string; readonly dataset: Dataset } | null = null;
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
      void reportFailure(prepare(request.engine, request.settings, request.labelKinds));
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

async function prepare(
  engineName: EngineChoice,
  settings: TrainingSettings,
  labelKinds: number,
): Promise<void> {
  engineChoice = engineName;
  const model = modelOf(settings, labelKinds);
  const engine = await engineFor(model, settings, { initialWeights: 0, dropout: 0 });
  const weightBytes = engine.weights().reduce((sum, { values }) => sum + values.byteLength, 0);
  send({ type: "ready", engine: engine.description, weightBytes });
  await engine.dispose();
}

async function train(request: Extract<TrainerRequest, { type: "train" }>): Promise<void> {
  const pace = new Pace();
  const { settings, labelKinds, seeds, directory, data } = request;
  const model = modelOf(settings, labelKinds);
  const dataset = await datasetOf({
    id: settings.dataset,
    ...data,
    shape: model.inputShape,
    cache: cacheLimits(),
  });
  if (dataset.kinds.length !== labelKinds)
    throw new Error(
      `The data have ${dataset.kinds.length} label kinds; the model was made for ${labelKinds}.`,
    );
  const engine = await engineFor(model, settings, seeds);
  try {
    const afterStep = pacer(pace);
    const outcome = await trainRun(engine, {
      model,
      settings,
      seeds,
      dataset,
      directory,
      afterStep,
    });
    send({ type: "finished", seconds: pace.seconds(), pace: pace.summary(), outcome });
  } finally {
    await engine.dispose();
  }
}

function modelOf({ model, depth, width, inputSize }: TrainingSettings, labelKinds: number) {
  return modelDefinition(model, { labelKinds, depth, width, inputSize });
}

function engineFor(
  model: ModelDefinition,
  { optimizer, weightDecay, batchSize }: TrainingSettings,
  { initialWeights, dropout }: Pick<RunSeeds, "initialWeights" | "dropout">,
): Promise<TrainingEngine> {
  return chooseEngine(engineChoice, {
    model,
    initialWeights,
    dropout,
    optimizer,
    weightDecay,
    batchSize,
  });
}

async function datasetOf(request: DatasetRequest): Promise<Dataset> {
  const name = JSON.stringify(request);
  if (loaded?.request !== name) loaded = { request: name, dataset: await readDataset(request) };
  return loaded.dataset;
}

/** Tells progress a few times a second, lets messages in, and holds the training while it is paused. */
function pacer(pace: Pace): (progress: Progress) => Promise<void> | undefined {
  let told = 0;
  let yielded = performance.now();
  return ({ images, ...progress }) => {
    const now = performance.now();
    pace.add(images, now);
    if (now - told >= progressIntervalMs) {
      told = now;
      send({ type: "progress", ...progress, imagesPerSecond: pace.recent(now) });
    }
    if (now - yielded < yieldIntervalMs) return undefined;
    yielded = now;
    return letMessagesIn(pace);
  };
}

async function letMessagesIn(pace: Pace): Promise<void> {
  await setImmediate();
  const paused = performance.now();
  while (resumed) await resumed;
  pace.leaveOut(performance.now() - paused);
}
