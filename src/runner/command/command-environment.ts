import {
  environmentOf,
  filled,
  valuesOf,
  type RunValues,
} from "../../experiment/command/placeholders";
import { shellLine } from "../../experiment/command/shell-line";
import type { CommandSettings, ParameterValue } from "../../protocol/command";
import type { TrainingRequest } from "../trainer";
import { userEnvironment } from "../user-environment";

/** What of this machine a run is given. */
export interface RunShare {
  /** Threads of numerical libraries; null leaves that to them. */
  readonly threads: number | null;
  /** GPU that it sees; null for all. */
  readonly gpu: string | null;
}

/** A program with its arguments and environment, with nothing left to fill in. */
export interface FilledCommand {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Variables by which numerical libraries are told their threads. */
const threadVariables = [
  "OMP_NUM_THREADS",
  "OPENBLAS_NUM_THREADS",
  "MKL_NUM_THREADS",
  "NUMEXPR_NUM_THREADS",
  "VECLIB_MAXIMUM_THREADS",
];

/** A command as it is started for one run. What the experiment's own environment says goes before all else. */
export function filledCommand(
  settings: CommandSettings,
  request: Pick<TrainingRequest, "seeds" | "directory" | "attempt">,
  { threads, gpu }: RunShare,
): FilledCommand {
  const values = valuesOf(runValues(settings, request), settings.parameters);
  return {
    ...filledLine(settings, values),
    environment: {
      // What a program writes is seen at once, and not when a buffer is full.
      PYTHONUNBUFFERED: "1",
      ...defined(userEnvironment()),
      ...(threads === null
        ? {}
        : Object.fromEntries(threadVariables.map((name) => [name, String(threads)]))),
      ...(gpu === null ? {} : { CUDA_VISIBLE_DEVICES: gpu }),
      ...environmentOf(values),
      ...Object.fromEntries(
        Object.entries(settings.environment).map(([name, text]) => [name, filled(text, values)]),
      ),
    },
  };
}

function filledLine(
  { line }: CommandSettings,
  values: ReadonlyMap<string, ParameterValue>,
): Pick<FilledCommand, "program" | "arguments"> {
  if (line.form === "shell") return { program: "/bin/sh", arguments: ["-c", shellLine(line.line)] };
  const [program = "", ...rest] = line.words.map((word) => filled(word, values));
  return { program, arguments: rest };
}

function runValues(
  { labels }: CommandSettings,
  { seeds, directory, attempt }: Pick<TrainingRequest, "seeds" | "directory" | "attempt">,
): RunValues {
  return {
    seed: seeds.order,
    initialWeights: seeds.initialWeights,
    runDirectory: directory,
    labelFraction: labels.fraction,
    labelCorruption: labels.corruption?.rate ?? 0,
    labelCorruptionKind: labels.corruption?.kind ?? "shuffle",
    labelSeed: labels.seed,
    attempt,
  };
}

function defined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
