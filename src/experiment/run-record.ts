import { z } from "zod";
import type { CommandEngine, CommandOutcome, CommandSettings } from "../protocol/command";
import type { RunEngine, RunOutcome, RunSettings } from "../protocol/run";
import type { EngineDescription, TrainingOutcome, TrainingSettings } from "../protocol/trainer";
import type { RunSeeds } from "../protocol/results";
import { commandRecordFields } from "./command/command-record";
import { canonicalHash } from "./canonical";
import { augmentationSchema, labelSettingsSchema } from "./label-options";
import {
  depthSchema,
  inputSizeSchema,
  optimizerSchema,
  preprocessingSchema,
  scheduleSchema,
  weightDecaySchema,
  widthSchema,
} from "./training-options";

/** What decides a run's bytes; its hash names the run's folder. */
export interface RunIdentity {
  readonly settings: RunSettings;
  readonly seeds: RunSeeds;
  readonly dataSha256: string;
  readonly engine: RunEngine;
}

/** Name of a run's folder: 32 hexadecimal digits from what decides its bytes, and nothing else. */
export function runKey({ settings, seeds, dataSha256, engine }: RunIdentity): string {
  return canonicalHash({ format: 1, settings, seeds, dataSha256, engine });
}

/** Name of what an experiment asks of a run, on whatever engine and machine it is trained: one word. */
export function requestOf(settings: RunSettings, seeds: RunSeeds): string {
  return `${hashOf(settings)}/${seeds.initialWeights}/${seeds.order}/${seeds.dropout}`;
}

/** Of the settings objects: 100,000 runs share a few. */
const hashes = new WeakMap<RunSettings, string>();

function hashOf(settings: RunSettings): string {
  const known = hashes.get(settings);
  if (known !== undefined) return known;
  const hash = canonicalHash(settings);
  hashes.set(settings, hash);
  return hash;
}

const amount = z.number().min(0);
const share = z.number().min(0).max(1).nullable();

const settingsSchema = z.strictObject({
  model: z.string(),
  dataset: z.string(),
  trainingImages: z.int().min(1).nullable(),
  epochs: z.int().min(1),
  equalSteps: z.boolean().default(false),
  stop: z.enum(["steps", "fit"]).default("steps"),
  checkpointEvery: z
    .union([z.int().min(1), z.literal("auto")])
    .nullable()
    .default(null),
  batchSize: z.int().min(1),
  learningRate: z.number().positive(),
  // Runs from before these could be chosen had what stands here.
  labels: labelSettingsSchema.default({
    fraction: 1,
    equalImages: false,
    corruption: null,
    seed: 0,
  }),
  augmentation: augmentationSchema.nullable().default(null),
  schedule: scheduleSchema.default({ name: "constant" }),
  optimizer: optimizerSchema.default({ name: "sgd" }),
  weightDecay: weightDecaySchema.default(0),
  preprocessing: preprocessingSchema.default("normalize"),
  depth: depthSchema.nullable().default(null),
  width: widthSchema.default(1),
  inputSize: inputSizeSchema.nullable().default(null),
});

const builtInEngineSchema = z.strictObject({
  name: z.enum(["onnxruntime", "onnxruntime-webgpu", "tfjs-cpu", "tfjs-node"]),
  version: z.string(),
  lowering: z.enum(["nchwc8", "nchwc16", "plain", "none"]),
  kernelLevel: z.string(),
  threads: z.int().min(1),
});

/** Checks an engine's description, which anybody may have written. */
export const engineSchema: z.ZodType<RunEngine> = z.union([
  builtInEngineSchema,
  commandRecordFields.engine,
]);

interface Recorded<Settings, Engine> {
  readonly key: string;
  readonly settings: Settings;
  readonly seeds: RunSeeds;
  readonly dataSha256: string;
  readonly engine: Engine;
}

export interface BuiltInRecord
  extends
    Recorded<TrainingSettings & { readonly kind?: undefined }, EngineDescription>,
    TrainingOutcome {
  readonly format: "weight-odometer run 1";
}

export interface CommandRecord extends Recorded<CommandSettings, CommandEngine>, CommandOutcome {
  readonly format: "weight-odometer command run 1";
}

/** `run.json`: a finished run, less its weights. Nothing of a built-in model's depends on when or where it ran. */
export type RunRecord = BuiltInRecord | CommandRecord;

/** The record of a run that has ended well. */
export function recordOf(identity: RunIdentity, outcome: RunOutcome): RunRecord {
  const { settings, seeds, dataSha256, engine } = identity;
  const key = runKey(identity);
  if (settings.kind === "command" && engine.name === "command" && "states" in outcome)
    return {
      format: "weight-odometer command run 1",
      key,
      settings,
      seeds,
      dataSha256,
      engine,
      ...outcome,
    };
  if (settings.kind === "command" || engine.name === "command" || "states" in outcome)
    throw new TypeError("A run's settings, engine and outcome are of two kinds.");
  return { format: "weight-odometer run 1", key, settings, seeds, dataSha256, engine, ...outcome };
}

const identityFields = {
  key: z.string().regex(/^[0-9a-f]{32}$/),
  seeds: z.strictObject({
    initialWeights: z.int().min(0),
    order: z.int().min(0),
    dropout: z.int().min(0),
  }),
  dataSha256: z.string(),
};

const commandRecordSchema: z.ZodType<CommandRecord> = z.strictObject({
  format: z.literal("weight-odometer command run 1"),
  ...identityFields,
  ...commandRecordFields,
});

const builtInRecordSchema: z.ZodType<BuiltInRecord> = z.strictObject({
  format: z.literal("weight-odometer run 1"),
  ...identityFields,
  settings: settingsSchema,
  engine: builtInEngineSchema,
  parameters: z.int().min(1),
  steps: z.int().min(1),
  fitted: z.boolean().nullable().default(null),
  checkpoints: z.array(z.int().min(1)).default([]),
  epochLosses: z.array(z.number().nullable()),
  testAccuracy: share,
  trainAccuracy: z
    .strictObject({ images: z.int().min(0), given: share, true: share })
    .nullable()
    .default(null),
  labels: z
    .strictObject({
      kinds: z.array(z.string()),
      images: z.int().min(0),
      labels: z.int().min(0),
      chosen: z.int().min(0),
      changed: z.int().min(0),
    })
    .nullable()
    .default(null),
  pathLength: amount.nullable(),
  sumSquaredSteps: amount.nullable(),
  tensors: z.array(
    z.strictObject({
      name: z.string(),
      shape: z.array(z.int().min(0)),
      pathLength: amount.nullable(),
      sumSquaredSteps: amount.nullable(),
    }),
  ),
});

/** Checks a run.json, which anybody may have written. */
export const runRecordSchema: z.ZodType<RunRecord> = z.union([
  builtInRecordSchema,
  commandRecordSchema,
]);
