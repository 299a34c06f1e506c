import { z } from "zod";
import type { LearningRateSchedule, OptimizerSettings, Preprocessing } from "../protocol/trainer";

/** How a training steps, as an experiment file asks for it and a run's record keeps it. */

const share = z.number().min(0).lt(1);

export const optimizerSchema = z
  .discriminatedUnion("name", [
    z.strictObject({ name: z.literal("sgd") }).describe("Stochastic gradient descent."),
    z
      .strictObject({
        name: z.literal("momentum"),
        momentum: share.default(0.9).describe("Share of the last step's velocity that is kept."),
        nesterov: z
          .boolean()
          .default(false)
          .describe("Take the gradient's step from where the velocity leads (Nesterov)."),
      })
      .describe("Stochastic gradient descent with momentum, velocities as Keras has them."),
    z
      .strictObject({
        name: z.literal("adam"),
        beta1: share.default(0.9).describe("Decay of the mean of the gradients."),
        beta2: share.default(0.999).describe("Decay of the mean of their squares."),
        epsilon: z.number().positive().max(1).default(1e-7).describe("Keeps from dividing by 0."),
      })
      .describe("Adam (Kingma and Ba 2015), with Keras's default values."),
  ])
  .describe(
    "How gradients change the weights. By default Table 1's: sgd.",
  ) satisfies z.ZodType<OptimizerSettings>;

const factor = z.number().positive().max(1).describe("What the learning rate is multiplied by.");
const unit = z
  .enum(["epochs", "steps"])
  .default("epochs")
  .describe("What is counted. Steps, where runs of unlike data must decay alike.");

export const scheduleSchema = z
  .discriminatedUnion("name", [
    z.strictObject({ name: z.literal("constant") }).describe("The same from first to last."),
    z
      .strictObject({
        name: z.literal("exponential"),
        factor,
        every: z.number().positive().max(1e9).describe("After so many epochs or steps."),
        unit,
        staircase: z
          .boolean()
          .default(true)
          .describe("Multiply at once; false: little by little, with each step."),
      })
      .describe("Multiplied again and again."),
    z
      .strictObject({
        name: z.literal("step"),
        factor,
        at: z
          .array(z.number().positive().max(1e9))
          .min(1)
          .max(1000)
          .describe("Multiply once so many epochs or steps are over."),
        unit,
      })
      .describe("Multiplied at given times."),
  ])
  .describe(
    "How the learning rate changes. By default Table 1's.",
  ) satisfies z.ZodType<LearningRateSchedule>;

export const preprocessingSchema = z
  .enum(["normalize", "rescale", "subtract-mean", "standardize"])
  .describe(
    "What is done to the images' bytes. normalize: to [0, 1]; rescale: to [-1, 1]; subtract-mean: as rescale, " +
      "about the mean of each channel over the training images; standardize: each image to mean 0 and standard " +
      "deviation 1. By default the model's own, see weight-odometer models.",
  ) satisfies z.ZodType<Preprocessing>;

export const weightDecaySchema = z
  .number()
  .min(0)
  .max(1)
  .describe(
    "L2 penalty: this times each kernel is added to its gradient. By default 0, as Table 1 has none.",
  );

export const widthSchema = z
  .number()
  .min(0.01)
  .max(4)
  .describe(
    "Filters and units over those of the model's paper, rounded to multiples of 8. By default 1. " +
      "0.25 is about a sixteenth of the work.",
  );

export const depthSchema = z
  .int()
  .min(1)
  .max(1000)
  .describe("Layers: of resnet 18, 34, 50 (default) or 101; of vgg 11, 16 (default) or 19.");

export const inputSizeSchema = z
  .int()
  .min(1)
  .max(2048)
  .describe("Height and width in pixels that images are brought to. By default the model's own.");
