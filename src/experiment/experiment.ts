import { z } from "zod";
import { datasets, findDataset } from "../catalogue/datasets";
import { findModel, models } from "../catalogue/models";

const seed = z.int().min(0).max(4294967295);
const names = (entries: readonly { id: string }[]) =>
  entries.map(({ id }) => id) as [string, ...string[]];

const training = z
  .strictObject({
    model: z.enum(names(models)).describe("Built-in model to train."),
    dataset: z
      .enum(names(datasets))
      .optional()
      .describe("Dataset to train on. By default the one the paper trains this model on."),
    trainingImages: z
      .int()
      .min(1)
      .max(10_000_000)
      .optional()
      .describe("Train on the first so many images only. By default on all of them."),
    epochs: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Passes over the training images. By default Table 1's."),
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
      .describe("Step size of SGD. By default Table 1's."),
  })
  .describe("What one run trains.");

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
    train: training,
    runs: z
      .int()
      .min(1)
      .max(100_000)
      .describe("How many networks to train; they differ in their seeds."),
    seed: seed.optional().describe("Seed of the first run; run i has seed + i. By default 0."),
    seeds: fixedSeeds.optional(),
  })
  .superRefine((file, context) => {
    const model = findModel(file.train.model);
    const dataset = findDataset(file.train.dataset ?? model?.dataset ?? "");
    if (!model || !dataset) return;
    const problem = mismatch(model, dataset);
    if (problem) context.addIssue({ code: "custom", path: ["train", "dataset"], message: problem });
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

function mismatch(
  model: (typeof models)[number],
  dataset: (typeof datasets)[number],
): string | null {
  if (model.inputShape.join("x") !== dataset.inputShape.join("x"))
    return `${model.id} takes ${model.inputShape.join("x")} images; ${dataset.id} has ${dataset.inputShape.join("x")}.`;
  const kinds = model.outputs === 1 ? 2 : model.outputs;
  return dataset.labelKinds === kinds
    ? null
    : `${model.id} tells ${kinds} label kinds apart; ${dataset.id} has ${dataset.labelKinds}.`;
}
