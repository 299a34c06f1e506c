import { z } from "zod";
import { datasets, findDataset, type DatasetEntry } from "../catalogue/datasets";
import { findModel, models, type ModelEntry } from "../catalogue/models";
import { commandSchema, type CommandTraining } from "./command/command-schema";
import { levelProblems, levelsSchema } from "./levels";
import { augmentationSchema, corruptionSchema, fractionSchema } from "./label-options";
import { runnerSchema } from "./runner-settings";
import {
  depthSchema,
  inputSizeSchema,
  optimizerSchema,
  preprocessingSchema,
  scheduleSchema,
  weightDecaySchema,
  widthSchema,
} from "./training-options";

const seed = z.int().min(0).max(4294967295);
const names = (entries: readonly { id: string }[]) =>
  entries.map(({ id }) => id) as [string, ...string[]];

const builtIn = z
  .strictObject({
    model: z.enum(names(models)).describe("Built-in model to train."),
    dataset: z
      .enum(names(datasets))
      .optional()
      .describe("Dataset to train on. By default the one the paper trains this model on."),
    folder: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe("Folder of the dataset image-folder: one folder for each label kind."),
    trainingImages: z
      .int()
      .min(1)
      .max(10_000_000)
      .optional()
      .describe(
        "Train on the first so many images only, of the label kinds trained on. By default on all of them.",
      ),
    labelFraction: fractionSchema.optional(),
    equalImages: z
      .boolean()
      .optional()
      .describe("With labelFraction: as many images at every fraction as its first kind has."),
    labelCorruption: corruptionSchema.optional(),
    labelSeed: seed.optional().describe("Draws label kinds and corrupted labels. By default 0."),
    augmentation: augmentationSchema.optional(),
    epochs: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Passes over the training images. By default Table 1's."),
    equalSteps: z
      .boolean()
      .optional()
      .describe(
        "Count epochs as if all label kinds were trained on: as many steps at every label fraction.",
      ),
    stop: z
      .enum(["steps", "fit", "both"])
      .optional()
      .describe(
        "When a run ends. steps, the default: after the last epoch. fit: as soon as all training images are told " +
          "right, at the latest then. both: one run of each.",
      ),
    fitEpochs: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Epochs at the latest of a run that trains until it fits. By default `epochs`."),
    checkpointEvery: z
      .union([z.int().min(1).max(1_000_000_000), z.literal("auto")])
      .optional()
      .describe(
        "Keep a checkpoint each so many steps, for curves of distance over training; auto: at 20 equal intervals, " +
          "fewer where they would take more than 1 GiB a run. By default none.",
      ),
    batchSize: z
      .int()
      .min(1)
      .max(65_536)
      .optional()
      .describe("Images per step. By default Table 1's."),
    learningRate: z
      .number()
      .positive()
      .max(1000)
      .optional()
      .describe("Step size, of the first step where it decays. By default Table 1's."),
    schedule: scheduleSchema.optional(),
    optimizer: optimizerSchema.optional(),
    weightDecay: weightDecaySchema.optional(),
    preprocessing: preprocessingSchema.optional(),
    depth: depthSchema.optional(),
    width: widthSchema.optional(),
    inputSize: inputSizeSchema.optional(),
  })
  .describe("A built-in model's training.");

const fixedSeeds = z
  .strictObject({
    initialWeights: seed.optional().describe("The same initial weights for every run."),
    order: seed.optional().describe("The same order of the training images for every run."),
    dropout: seed.optional().describe("The same dropout masks for every run."),
  })
  .describe("Seeds held fixed over all runs. What is not named here differs from run to run.");

/** The experiment file, `*.odometer.json`: its checks, its editor schema and its type in one. */
export const experimentSchema = z
  .strictObject({
    $schema: z.string().optional(),
    name: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe("Title in lists and reports. By default the file's name."),
    train: z.union([builtIn, commandSchema]).describe("What one run trains."),
    runs: z
      .int()
      .min(1)
      .max(100_000)
      .describe("How many networks to train, at each level; they differ in their seeds."),
    levels: levelsSchema.optional(),
    seed: seed.optional().describe("Seed of the first run; run i has seed + i. By default 0."),
    seeds: fixedSeeds.optional(),
    keep: z
      .enum(["all", "final", "none"])
      .optional()
      .describe(
        "Checkpoints that stay once distances are computed. all; final: the first and the last weights; none: no weights. " +
          "By default all.",
      ),
    repeatOneSeed: z
      .boolean()
      .optional()
      .describe(
        "Train the first run once more: its distance to itself is what chance alone gives.",
      ),
    runner: runnerSchema.optional(),
  })
  .superRefine((file, context) => {
    if (isBuiltIn(file.train))
      for (const { path, message } of trainingProblems(file.train))
        context.addIssue({ code: "custom", path: ["train", ...path], message });
    for (const { path, message } of levelProblems(file))
      context.addIssue({ code: "custom", path, message });
    if ((file.seed ?? 0) + file.runs - 1 > 4294967295)
      context.addIssue({
        code: "custom",
        path: ["seed"],
        message: "seed + runs must stay below 2^32.",
      });
  })
  .describe(
    "A Weight Odometer experiment: the same training many times, to see how far it moves the weights.",
  );

export type ExperimentFile = z.infer<typeof experimentSchema>;
export type BuiltInTraining = z.infer<typeof builtIn>;

/** Whether an experiment trains a built-in model, and not by a command of the user's. */
export function isBuiltIn(train: BuiltInTraining | CommandTraining): train is BuiltInTraining {
  return train.model !== undefined;
}

/** How the settings of a built-in model do not fit together. */
function trainingProblems(
  train: BuiltInTraining,
): readonly { readonly path: readonly string[]; readonly message: string }[] {
  const model = findModel(train.model);
  const dataset = findDataset(train.dataset ?? model?.dataset ?? "");
  if (!model || !dataset) return [];
  const problem = mismatch(model, dataset);
  const folderFits = (dataset.id === "image-folder") === (train.folder !== undefined);
  return [
    ...(problem === null ? [] : [{ path: ["dataset"], message: problem }]),
    ...(folderFits
      ? []
      : [
          {
            path: [train.folder === undefined ? "dataset" : "folder"],
            message: "folder goes with the dataset image-folder, and image-folder needs it.",
          },
        ]),
    ...modelProblems(model, train).map(({ option, message }) => ({ path: [option], message })),
  ];
}

function mismatch(model: ModelEntry, dataset: DatasetEntry): string | null {
  if ((model.task === "detection") === (dataset.labels === "boxes")) return null;
  return model.task === "detection"
    ? `${model.id} finds boxes; ${dataset.id} has none.`
    : `${model.id} tells classes apart; ${dataset.id} has boxes.`;
}

/** Which options a model cannot have. */
function modelProblems(
  { id, depths, inputSizes: { least, step } }: ModelEntry,
  { depth, inputSize }: BuiltInTraining,
) {
  const problems: { option: "depth" | "inputSize"; message: string }[] = [];
  if (depth !== undefined && !depths.includes(depth))
    problems.push({
      option: "depth",
      message: depths.length === 0 ? `${id} has one depth.` : `${id} is ${depths.join(", ")} deep.`,
    });
  if (inputSize !== undefined && (inputSize < least || (inputSize - least) % step !== 0))
    problems.push({
      option: "inputSize",
      message: `${id} takes images from ${least} pixels${step > 1 ? `, in steps of ${step}` : ""}.`,
    });
  return problems;
}
