import { z } from "zod";
import { labelSettingsSchema } from "../label-options";

const step = z.int().min(0);
/** A name below the run's directory: a record is read as a file that anybody may have written. */
const file = z
  .string()
  .min(1)
  .max(1024)
  .regex(/^(?!.*(^|[\\/])\.\.([\\/]|$))[^\\/\0][^\\\0]*$/);
const value = z.union([z.string(), z.number(), z.boolean()]);

/** Fields of a run.json that a command's run alone has, but for what all runs have. */
export const commandRecordFields = {
  settings: z.strictObject({
    kind: z.literal("command"),
    line: z.discriminatedUnion("form", [
      z.strictObject({ form: z.literal("arguments"), words: z.array(z.string()) }),
      z.strictObject({ form: z.literal("shell"), line: z.string() }),
    ]),
    environment: z.record(z.string(), z.string()),
    parameters: z.record(z.string(), value),
    script: z.strictObject({ name: z.string(), sha256: z.string() }).nullable(),
    checkpoints: z.strictObject({ initial: z.string(), steps: z.string(), final: z.string() }),
    labels: labelSettingsSchema.omit({ equalImages: true }),
    again: z.literal(true).optional(),
  }),
  engine: z.strictObject({ name: z.literal("command") }),
  parameters: z.int().min(1),
  states: z.strictObject({
    initial: file,
    steps: z.array(z.strictObject({ step, file })),
    final: z.strictObject({ step: step.nullable(), file }),
  }),
  skipped: z.array(z.strictObject({ file: z.string(), reason: z.string() })),
  commit: z.string().nullable(),
  exitCode: z.int(),
  metrics: z.record(z.string(), z.number().nullable()),
};
