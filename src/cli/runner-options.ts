import { z } from "zod";
import type { ExperimentFile } from "../experiment/experiment";
import {
  resolveRunner,
  runnerKinds,
  runnerSchema,
  type RunnerChoice,
  type RunnerSettings,
} from "../experiment/runner-settings";
import { oneOf, wholeNumber } from "./arguments";
import { UsageError } from "./usage-error";

/** Options of `run` on where the runs are trained. */
export const runnerOptions = {
  runner: { type: "string" },
  "runner-settings": { type: "string" },
  jobs: { type: "string" },
  threads: { type: "string" },
  partition: { type: "string" },
  account: { type: "string" },
  time: { type: "string" },
  memory: { type: "string" },
  cpus: { type: "string" },
  gpus: { type: "string" },
  concurrent: { type: "string" },
  "runs-per-task": { type: "string" },
  "run-seconds": { type: "string" },
  node: { type: "string" },
  sbatch: { type: "string", multiple: true },
  prologue: { type: "string", multiple: true },
} as const;

type Values = {
  readonly [K in keyof typeof runnerOptions]?: (typeof runnerOptions)[K] extends {
    multiple: true;
  }
    ? string[] | undefined
    : string | undefined;
};

/**
 * Where to train: options of the command line first, then the experiment file, then --runner-settings (a user's own
 * defaults, in JSON).
 * @throws UsageError that names what is wrong
 */
export function runnerFrom(values: Values, { runner: asked }: ExperimentFile): RunnerSettings {
  const kind = oneOf("runner", values.runner, runnerKinds);
  const defaults = settingsOf(values["runner-settings"]);
  const chosen = resolveRunner([kind, asked, defaults].filter((source) => source !== undefined));
  try {
    if (chosen.kind === "local") {
      const stray = Object.keys(slurmValues({ ...values, gpus: undefined, jobs: undefined })).at(0);
      if (stray !== undefined)
        throw new UsageError(`${optionOf[stray] ?? stray} goes with --runner slurm.`);
      return resolveRunner([{ kind: "local", ...localValues(values) }, chosen]);
    }
    return resolveRunner([{ kind: "slurm", ...slurmValues(values) }, chosen]);
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    const name = String(issue.path[0] ?? "runner");
    throw new UsageError(`${optionOf[name] ?? name}: ${issue.message}.`);
  }
}

const optionOf: Readonly<Record<string, string>> = {
  partition: "--partition",
  account: "--account",
  timeLimit: "--time",
  memory: "--memory",
  cpus: "--cpus",
  gpus: "--gpus",
  jobs: "--jobs",
  concurrent: "--concurrent",
  runsPerTask: "--runs-per-task",
  secondsPerRun: "--run-seconds",
  node: "--node",
  options: "--sbatch",
  prologue: "--prologue",
};

/** Of GPUs their numbers here: "0,1". */
function localValues(values: Values): Record<string, unknown> {
  const given = {
    jobs: wholeNumber("jobs", values.jobs, 1),
    threads: wholeNumber("threads", values.threads, 1),
    gpus: values.gpus?.split(",").map((gpu) => gpu.trim()),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function slurmValues(values: Values): Record<string, unknown> {
  const given = {
    partition: values.partition,
    account: values.account,
    timeLimit: values.time,
    memory: values.memory,
    cpus: wholeNumber("cpus", values.cpus, 1),
    gpus: values.gpus,
    jobs: wholeNumber("jobs", values.jobs, 1),
    concurrent: wholeNumber("concurrent", values.concurrent, 1),
    runsPerTask: wholeNumber("runs-per-task", values["runs-per-task"], 1),
    secondsPerRun: values["run-seconds"] === undefined ? undefined : Number(values["run-seconds"]),
    node: values.node,
    options: values.sbatch,
    prologue: values.prologue,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function settingsOf(text: string | undefined): RunnerChoice | undefined {
  if (text === undefined) return undefined;
  try {
    return runnerSchema.parse(JSON.parse(text));
  } catch (error) {
    const words = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UsageError(`--runner-settings: ${words}`);
  }
}
