import { z } from "zod";

/** Settings of an experiment file that say which training images and labels a run is given. */

export const fractionSchema = z
  .number()
  .positive()
  .max(1)
  .describe(
    "Share of the label kinds trained on (Experiment 3), such as 0.2: max(1, round(share x kinds)) of them, nested.",
  );

export const corruptionSchema = z
  .strictObject({
    kind: z
      .enum(["shuffle", "uniform"])
      .describe(
        "shuffle: permute the chosen labels among themselves. uniform: draw each anew among all kinds.",
      ),
    rate: z.number().min(0).max(1).describe("Share of the training labels that are chosen."),
  })
  .describe("Corrupt training labels (Experiment 4). Test labels stay as they are.");

export const augmentationSchema = z
  .strictObject({
    flip: z.boolean().default(false).describe("Mirror every other training image."),
    shift: z
      .int()
      .min(0)
      .max(1024)
      .default(0)
      .describe("Move training images by up to so many pixels."),
  })
  .describe("Random changes of the training images. By default none.");

export const labelSettingsSchema = z.strictObject({
  fraction: fractionSchema,
  equalImages: z.boolean(),
  corruption: corruptionSchema.nullable(),
  seed: z.int().min(0),
});
