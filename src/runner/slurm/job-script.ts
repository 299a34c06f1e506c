import type { SlurmSettings } from "../../experiment/runner-settings";
import type { EngineChoice } from "../../protocol/trainer";

export interface JobCommand {
  /** Node on the compute nodes. */
  readonly node: string;
  /** The command line's bundle. */
  readonly cli: string;
  /** The experiment's directory. */
  readonly root: string;
  readonly submission: string;
  readonly engine: EngineChoice;
}

/** What a task of an array runs: the prologue's lines as they are, then our own command, which takes the shell's place. */
export function jobScript(
  prologue: readonly string[],
  { node, cli, root, submission, engine }: JobCommand,
): string {
  const options = engine === "auto" ? [] : ["--engine", engine];
  const command = [node, cli, "run-task", ...options, root, submission].map(quoted).join(" ");
  return ["#!/bin/bash", ...prologue, "export ELECTRON_RUN_AS_NODE=1", `exec ${command}`, ""].join(
    "\n",
  );
}

/** One word for a shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/**
 * Arguments of sbatch for an array; no shell sees them.
 * @param throttle tasks that may run at the same time; null for any number
 * @param logFolder where each task's output goes
 */
export function sbatchArguments(
  settings: SlurmSettings,
  jobName: string,
  tasks: number,
  throttle: number | null,
  logFolder: string,
): string[] {
  const given = (option: string, value: string | number | undefined) =>
    value === undefined ? [] : [`--${option}=${value}`];
  return [
    "--parsable",
    `--job-name=${jobName}`,
    `--array=0-${tasks - 1}${throttle === null ? "" : `%${throttle}`}`,
    "--requeue",
    "--nodes=1",
    "--ntasks=1",
    `--cpus-per-task=${settings.cpus ?? 1}`,
    // Relative to the folder, which may have a % in its name.
    `--chdir=${logFolder}`,
    "--output=slurm-%A_%a.log",
    "--open-mode=append",
    ...given("partition", settings.partition),
    ...given("account", settings.account),
    ...given("time", settings.timeLimit),
    ...given("mem", settings.memory),
    ...given("gpus", settings.gpus),
    ...(settings.options ?? []),
  ];
}
