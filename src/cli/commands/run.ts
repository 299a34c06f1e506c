import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import path from "node:path";
import { describeProblems, readExperiment } from "../../experiment/read-experiment";
import { labelWarning } from "../../experiment/label-warning";
import { resolveCommand } from "../../experiment/command/script";
import { isBuiltIn, type ExperimentFile } from "../../experiment/experiment";
import { ExperimentDirectory } from "../../experiment/experiment-directory";
import { defaultOutput, experimentName } from "../../experiment/experiment-name";
import { presetNames } from "../../experiment/presets";
import { reportJson } from "../../experiment/report-json";
import type { Results } from "../../protocol/results";
import { engineChoices, type EngineChoice } from "../../protocol/trainer";
import { follow, isAtWork, readSnapshot } from "../../runner/follow";
import { LocalRunner } from "../../runner/local-runner";
import type { RunnerSettings } from "../../experiment/runner-settings";
import type { Runner } from "../../runner/runner";
import { SlurmRunner } from "../../runner/slurm/slurm-runner";
import { runExperiment } from "../../runner/scheduler";
import { trainersOf } from "../../runner/start-trainer";
import { startDetached } from "../../runner/start-detached";
import { loadResults } from "../load-results";
import { oneOf, parse } from "../arguments";
import { runnerFrom, runnerOptions } from "../runner-options";
import { presetFrom, presetOptionNames, presetOptions } from "../preset-options";
import { ProgressLine } from "../progress-line";
import { RoomQuestion } from "../room-question";
import { textReport } from "../text-report";
import { UsageError } from "../usage-error";

const options = {
  ...presetOptions,
  out: { type: "string" },
  preset: { type: "string" },
  ...runnerOptions,
  data: { type: "string" },
  engine: { type: "string" },
  "image-cache": { type: "string" },
  detach: { type: "boolean" },
  yes: { type: "boolean" },
  ask: { type: "boolean" },
  json: { type: "boolean" },
} as const;

type RunArguments = ReturnType<typeof parse<typeof options>>;

/** `run`: trains what is not finished, follows it where another process is at it already, and reports. */
export async function run(args: readonly string[]): Promise<number> {
  const parsed = parse(args, options, { names: ["FILE"], optional: true });
  const { experiment, name, output } = await requested(parsed);
  limitImageCache(parsed.values["image-cache"]);
  const warning = labelWarning(experiment);
  if (warning !== null) process.stderr.write(`${warning}\n`);
  const directory = new ExperimentDirectory(path.resolve(output));
  const snapshot = await readSnapshot(directory);
  const atWork = snapshot !== null && isAtWork(snapshot);
  if (atWork) process.stderr.write("This experiment is being trained already: following it.\n");
  if (parsed.values.detach && !atWork)
    await startDetached(
      __filename,
      [
        ...args.filter((arg) => arg !== "--detach"),
        ...["--out", directory.root],
        ...(canAsk(parsed.values) ? ["--ask"] : []),
      ],
      directory,
    );
  const results =
    atWork || parsed.values.detach
      ? await followed(parsed, directory)
      : await trained(parsed, experiment, name, directory);
  if (!results) return 1;
  process.stdout.write(
    parsed.values.json ? `${JSON.stringify(reportJson(results))}\n` : textReport(results),
  );
  return 0;
}

/** Trainers are told by their environment, which they have from this process. */
function limitImageCache(gigabytes: string | undefined): void {
  if (gigabytes === undefined) return;
  if (!(Number(gigabytes) >= 0))
    throw new UsageError(`--image-cache takes gigabytes, not ${JSON.stringify(gigabytes)}.`);
  process.env["WEIGHT_ODOMETER_CACHE_GB"] = gigabytes;
}

/** Folders are named relative to the experiment file; a command's script is taken as it is now. */
async function resolved(experiment: ExperimentFile, base: string): Promise<ExperimentFile> {
  const { train } = experiment;
  if (!isBuiltIn(train)) return { ...experiment, train: await resolveCommand(train, base) };
  if (train.folder === undefined) return experiment;
  return { ...experiment, train: { ...train, folder: path.resolve(base, train.folder) } };
}

async function requested({
  values,
  positionals,
}: RunArguments): Promise<{ experiment: ExperimentFile; name: string; output: string }> {
  const file = positionals.at(0);
  const preset = oneOf("preset", values.preset, presetNames);
  if ((file === undefined) === (preset === undefined))
    throw new UsageError("Name an experiment file or a --preset, not both.");
  if (file === undefined) {
    if (values.model === undefined || values.out === undefined)
      throw new UsageError("--preset needs --model and --out.");
    const experiment = presetFrom(preset!, values);
    return { experiment, name: experiment.name ?? preset!, output: values.out };
  }
  for (const option of presetOptionNames)
    if (values[option] !== undefined)
      throw new UsageError(`--${option} goes with --preset; an experiment file says its own.`);
  const text = await readFile(file, "utf8");
  const read = readExperiment(text);
  if (!read.ok) throw new Error(describeProblems(file, text, read.problems));
  return {
    experiment: await resolved(read.experiment, path.dirname(file)),
    name: experimentName(read.experiment, file),
    output: values.out ?? defaultOutput(file),
  };
}

async function trained(
  { values }: RunArguments,
  experiment: ExperimentFile,
  name: string,
  directory: ExperimentDirectory,
): Promise<Results | null> {
  const settings = runnerFrom(values, experiment);
  const engine = oneOf("engine", values.engine, engineChoices) ?? "auto";
  const dataDirectory = values.data ?? process.env["WEIGHT_ODOMETER_DATA"] ?? null;
  const cancel = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      // The end of a connection or of this machine is none of the cluster's business.
      if (settings.kind === "slurm" && signal !== "SIGINT") leave();
      else cancel.abort();
    });
  const progress = shownProgress(values, directory);
  const end = await runExperiment({
    directory,
    experiment,
    name,
    runner: runnerOf(experiment, settings, dataDirectory, engine),
    dataDirectory,
    ifShort: values.yes ? "go-on" : values.ask || canAsk(values) ? "ask" : "end",
    signal: cancel.signal,
    onSnapshot: (snapshot) => {
      progress.show(snapshot);
    },
  });
  progress.end();
  if (end.state === "done") return end.results;
  process.stderr.write(
    end.state === "failed"
      ? `${end.message}\n`
      : "Cancelled. The same command goes on from here.\n",
  );
  return null;
}

/** Whether there is a person at a terminal who can be asked. */
function canAsk({ json, yes }: RunArguments["values"]): boolean {
  return !json && !yes && process.stdin.isTTY && process.stderr.isTTY;
}

/** The progress line, and where somebody can be asked, what there is to be asked. */
function shownProgress(
  values: RunArguments["values"],
  directory: ExperimentDirectory,
): Pick<ProgressLine, "show" | "end"> {
  const line = new ProgressLine(process.stderr);
  const question = canAsk(values) ? new RoomQuestion(directory) : null;
  return {
    show: (snapshot) => {
      question?.show(snapshot.shortage ?? null);
      if (!question?.isAsking) line.show(snapshot);
    },
    end: () => {
      question?.show(null);
      line.end();
    },
  };
}

function runnerOf(
  experiment: ExperimentFile,
  settings: RunnerSettings,
  dataDirectory: string | null,
  engine: EngineChoice,
): Runner {
  if (settings.kind === "slurm")
    return new SlurmRunner(settings, { cli: __filename, dataDirectory, engine });
  const { threads = null, gpus = null } = settings;
  const jobs = settings.jobs ?? gpus?.length ?? availableParallelism();
  return new LocalRunner(
    trainersOf(experiment, __dirname, engine, {
      jobs,
      cores: availableParallelism(),
      threads,
      gpus,
    }),
    jobs,
  );
}

function leave(): never {
  process.stderr.write("The tasks go on in Slurm. The same command follows them.\n");
  process.exit(1);
}

async function followed(
  { values }: RunArguments,
  directory: ExperimentDirectory,
): Promise<Results | null> {
  const progress = shownProgress(values, directory);
  const last = await follow(directory, (snapshot) => {
    progress.show(snapshot);
  });
  progress.end();
  if (last?.state === "done") return loadResults(directory);
  process.stderr.write(
    `${last?.message ?? "The training stopped. The same command goes on from here."}\n`,
  );
  return null;
}
