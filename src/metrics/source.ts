import path from "node:path";
import { z } from "zod";
import { patternProblem } from "./pattern/compile";

const inside = z
  .string()
  .min(1)
  .refine(
    (file) =>
      !path.isAbsolute(file) && !path.win32.isAbsolute(file) && !file.split(/[/\\]/).includes(".."),
    { message: "A path below the run's directory, such as metrics.jsonl." },
  );

/** Where a number of the user's comes from, as an experiment file's `train.metrics` says it. */
export const metricSourceSchema = z.union([
  z
    .strictObject({
      file: inside.describe("JSON, JSON Lines (.jsonl) or CSV file in the run's directory."),
      key: z
        .string()
        .min(1)
        .describe("Column, or key of the object: test_accuracy, or test.accuracy in nested ones."),
    })
    .describe("The last finite number under a key of a file."),
  z
    .strictObject({
      tensorboard: inside.describe(
        "Folder of TensorBoard event files, or one such file, in the run's directory.",
      ),
      tag: z.string().min(1).describe("Tag of the scalar."),
    })
    .describe("The last finite value of a scalar that was written for TensorBoard."),
  z
    .strictObject({
      pattern: z
        .string()
        .min(1)
        .max(1000)
        .superRefine((pattern, context) => {
          const problem = patternProblem(pattern);
          if (problem !== null) context.addIssue({ code: "custom", message: problem });
        })
        .describe(
          "Regular expression (JavaScript's) for standard output; its first group, or the one called value, is the " +
            "number, and one called step the step. Matched line by line.",
        ),
    })
    .describe("The last finite number that a pattern finds in standard output."),
]);

/** One place that a metric is read from; see `metricSourceSchema`. */
export type MetricSource = z.infer<typeof metricSourceSchema>;
