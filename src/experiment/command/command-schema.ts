import { z } from "zod";
import type { CheckpointPatterns } from "../../protocol/command";
import { metricSourceSchema } from "../../metrics/source";
import { corruptionSchema, fractionSchema } from "../label-options";
import { parameterProblem, unknownPlaceholders } from "./placeholders";
import { shellLine } from "./shell-line";

/** The part of an experiment file on a training by the user's own command. */

const text = z
  .string()
  .min(1)
  .max(32_768)
  .regex(/^[^\0]*$/, "no NUL");

export const defaultPatterns: CheckpointPatterns = {
  initial: "initial.*",
  steps: "step-*.*",
  final: "final.*",
};

/** Relative, without a way out of the run's directory. */
const inside = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (path) => !/^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\0/.test(path),
    "a path below the run's directory",
  );

export const commandSchema = z
  .strictObject({
    model: z.never("A command trains no built-in model.").optional(),
    command: z
      .array(text)
      .min(1)
      .max(10_000)
      .optional()
      .describe('Program and arguments, such as ["python3", "train.py", "--seed", "${seed}"].'),
    shell: text
      .optional()
      .describe(
        "In place of command: a line for /bin/sh. Placeholders become references to environment variables.",
      ),
    workingDirectory: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe("Where it is started, relative to this file. By default this file's folder."),
    environment: z
      .record(
        z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "a name of a variable"),
        z.string().max(32_768),
      )
      .optional()
      .describe("Environment variables, beside the user's own."),
    script: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe(
        "File whose content decides the result: when it changes, runs are made anew. By default the first " +
          "argument, or word of a shell line, that names a file in workingDirectory.",
      ),
    scriptSha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional()
      .describe("Written by the program: the script's content when the experiment was started."),
    parameters: z
      .record(
        z
          .string()
          .regex(/^[A-Za-z][A-Za-z0-9_]*$/, "letters, digits and _")
          .max(100),
        z.union([z.string().max(32_768), z.number(), z.boolean()]),
      )
      .optional()
      .describe('Placeholders of your own: {"width": 32} is ${width}.'),
    checkpoints: z
      .strictObject({
        initial: inside.optional().describe("Weights before training. By default initial.*"),
        steps: inside
          .optional()
          .describe(
            "Weights along the way; the last number of the name, or else of its folder, is the step. By default step-*.*",
          ),
        final: inside.optional().describe("Weights after training. By default final.*"),
      })
      .optional()
      .describe(
        "Names of checkpoints in the run's directory, with * and ? as in a shell, and ** for any number of folders.",
      ),
    metrics: z
      .record(z.string().min(1).max(100), metricSourceSchema)
      .optional()
      .describe(
        'Numbers of a run beside its distance. "testAccuracy" and "realisedRate" (of corrupted labels) are shown as such.',
      ),
    labelFraction: fractionSchema.optional(),
    labelCorruption: corruptionSchema.optional(),
    labelSeed: z.int().min(0).max(4294967295).optional(),
  })
  .superRefine((train, context) => {
    for (const { path, message } of problemsOf(train))
      context.addIssue({ code: "custom", path, message });
  })
  .describe("Your own training: a command, in any framework.");

export type CommandTraining = z.infer<typeof commandSchema>;

interface Problem {
  readonly path: (string | number)[];
  readonly message: string;
}

function problemsOf(train: Omit<CommandTraining, "checkpoints">): Problem[] {
  const parameters = Object.keys(train.parameters ?? {});
  const texts: (readonly [(string | number)[], string])[] = [
    ...(train.command ?? []).map((word, i) => [["command", i], word] as const),
    ...(train.shell === undefined ? [] : [[["shell"], train.shell] as const]),
    ...Object.entries(train.environment ?? {}).map(
      ([key, value]) => [["environment", key], value] as const,
    ),
  ].map(([path, word]) => [[...path], word]);
  return [
    ...(train.command === undefined && train.shell === undefined
      ? [{ path: [], message: "Name a command, or a shell line, to train with." }]
      : []),
    ...(train.command && train.shell !== undefined
      ? [{ path: ["shell"], message: "Either command or shell, not both." }]
      : []),
    ...texts.flatMap(([path, word]) =>
      unknownPlaceholders(word, parameters).map((unknown) => ({
        path,
        message: `There is no placeholder \${${unknown}}: name it in parameters, or write $\${${unknown}} for the text itself.`,
      })),
    ),
    ...parameters.flatMap((parameter) => {
      const message = parameterProblem(parameter, parameters);
      return message === null ? [] : [{ path: ["parameters", parameter], message }];
    }),
    ...batchFile(train.command?.[0]),
    ...shellProblem(train.shell),
  ];
}

/** cmd.exe takes a batch file's arguments apart again, by rules under which no quoting holds. */
function batchFile(program: string | undefined): Problem[] {
  return program !== undefined && /\.(bat|cmd)[. ]*$/i.test(program)
    ? [
        {
          path: ["command", 0],
          message:
            "Batch files (.bat, .cmd) are not started: cmd.exe would read their arguments as commands. Name the program that it calls.",
        },
      ]
    : [];
}

function shellProblem(line: string | undefined): Problem[] {
  try {
    if (line !== undefined) shellLine(line);
    return [];
  } catch (error) {
    return [{ path: ["shell"], message: (error as Error).message }];
  }
}
