import { z } from "zod";

/** sbatch options that the runner itself gives, so that nobody else may. */
const ownOptions =
  /^(-[JaoeiDnNH]|--(job-name|array|output|error|input|chdir|ntasks|nodes|parsable|wrap|hold|test-only|wait|wckey|export-file|open-mode|requeue|no-requeue)(=|$))/;

const word = z
  .string()
  .regex(/^[^\s-]\S*$/, "one word that does not begin with a dash")
  .max(200);

const slurm = z
  .strictObject({
    kind: z.literal("slurm"),
    partition: word.optional().describe("Partition. By default Slurm's own default."),
    account: word.optional().describe("Account to charge."),
    timeLimit: z
      .string()
      .regex(
        /^(\d+(:\d\d){0,2}|\d+-\d+(:\d\d){0,2})$/,
        'minutes, "hours:minutes:seconds" or "days-hours"',
      )
      .optional()
      .describe('Time limit of a task, as sbatch takes it: "30" (minutes), "2:00:00", "1-12".'),
    memory: z
      .string()
      .regex(/^\d+[KMGT]?$/, 'a number of megabytes, or such as "4G"')
      .optional()
      .describe('Memory of a task, such as "4G".'),
    cpus: z
      .int()
      .min(1)
      .max(4096)
      .optional()
      .describe(
        "Cores of a task, divided among the runs that it trains side by side. By default 1.",
      ),
    gpus: word
      .or(z.int().min(0).max(1024))
      .optional()
      .describe('GPUs of a task: 1, or "a100:1". Runs side by side are given one each, in turn.'),
    jobs: z
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe(
        "Runs side by side in a task. By default one per GPU, or per core where it has none.",
      ),
    options: z
      .array(
        z
          .string()
          .max(1000)
          .regex(/^-[^\n\0]+$/, "begins with a dash and has one line")
          .refine((option) => !ownOptions.test(option), "the runner sets this option itself"),
      )
      .max(100)
      .optional()
      .describe('Further options of sbatch, one each, such as "--constraint=avx512".'),
    prologue: z
      .array(z.string().max(10_000))
      .max(1000)
      .optional()
      .describe('Lines of the shell before a task, such as "module load node".'),
    node: z
      .string()
      .min(1)
      .max(4096)
      .optional()
      .describe("Path of Node 20 or later on the compute nodes. By default the one that submits."),
    concurrent: z
      .int()
      .min(1)
      .max(1_000_000)
      .optional()
      .describe("Tasks that may run at the same time. By default as many as Slurm starts."),
    runsPerTask: z
      .int()
      .min(1)
      .max(100_000)
      .optional()
      .describe("Runs of a task. By default as many as fit taskMinutes."),
    taskMinutes: z
      .number()
      .positive()
      .max(100_000)
      .optional()
      .describe("Minutes that a task should last. By default 10."),
    secondsPerRun: z
      .number()
      .positive()
      .max(10_000_000)
      .optional()
      .describe("Seconds that one run takes. By default they are measured on a first task."),
    pollSeconds: z
      .number()
      .min(1)
      .max(3600)
      .optional()
      .describe("Seconds between two looks at Slurm's queue. By default 15."),
  })
  .describe("On a cluster: job arrays of Slurm.");

const local = z
  .strictObject({
    kind: z.literal("local"),
    jobs: z
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe(
        "Trainings side by side. By default one per core, or per GPU where gpus are named.",
      ),
    threads: z
      .int()
      .min(1)
      .max(1024)
      .optional()
      .describe(
        "Threads of a command's numerical libraries (OMP_NUM_THREADS and the like). By default the cores are divided " +
          "among the trainings side by side.",
      ),
    gpus: z
      .array(word)
      .min(1)
      .max(1024)
      .optional()
      .describe('GPUs given out to commands in turn, by CUDA_VISIBLE_DEVICES: ["0", "1"].'),
  })
  .describe("On this machine.");

export const runnerKinds = ["local", "slurm"] as const;

/** Where the runs of an experiment are trained: in an experiment file, a setting, or on the command line. */
export const runnerSchema = z
  .union([z.enum(runnerKinds), z.discriminatedUnion("kind", [local, slurm])])
  .describe(
    "Where to train: on this machine, or on a cluster by Slurm. It does not decide results.",
  );

export type RunnerChoice = z.infer<typeof runnerSchema>;
export type RunnerSettings = z.infer<typeof local> | z.infer<typeof slurm>;
export type SlurmSettings = z.infer<typeof slurm>;
export type RunnerKind = (typeof runnerKinds)[number];

/**
 * The settings that hold, of a kind: the first source that names something has its way. Sources of the other kind are
 * passed over; the kind is that of the first source that names one, else local.
 * @throws z.ZodError where what comes together does not fit
 */
export function resolveRunner(sources: readonly (RunnerChoice | undefined)[]): RunnerSettings {
  const named = sources
    .filter((source) => source !== undefined)
    .map((source) => (typeof source === "string" ? { kind: source } : source));
  const kind = named[0]?.kind ?? "local";
  const merged = named.filter((source) => source.kind === kind).reverse();
  return z
    .discriminatedUnion("kind", [local, slurm])
    .parse(Object.assign({ kind }, ...merged) as unknown);
}
