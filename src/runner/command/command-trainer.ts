import { access, appendFile } from "node:fs/promises";
import path from "node:path";
import { scriptHash } from "../../experiment/command/script";
import { writeAttempt } from "../../experiment/kept-attempts";
import { readRunMetrics, valuesOf, type MetricSources } from "../../experiment/run-metrics";
import type { CommandProgress, CommandSettings } from "../../protocol/command";
import { newMark, runMark } from "../descendants";
import type { RunProgress, StartTrainer, Trainer, TrainingEnd, TrainingRequest } from "../trainer";
import { metFullDisk } from "../disk-full";
import { collectStates, MissingStateError } from "./collect-states";
import { filledCommand, type RunShare } from "./command-environment";
import { commitOf } from "./commit";
import { logName } from "../../experiment/command/log-name";
import { lastLines } from "./output-end";
import { SupervisedCommand, type CommandEnd } from "./supervised-command";
import { Stopwatch } from "./stopwatch";
import { watchMetrics } from "./watch-metrics";
import { watchStates } from "./watch-states";

export interface CommandOptions {
  /** The supervisor's bundle. */
  readonly supervisor: string;
  readonly metrics: MetricSources;
  /** What of this machine each of the trainers side by side is given. */
  readonly shareOf: (slot: number) => RunShare;
}

/** Trainers that run the user's own command. */
export function commandTrainers(options: CommandOptions): StartTrainer {
  return async (settings, { folder }, slot) => {
    if (settings.kind !== "command") throw new TypeError("A built-in model is no command.");
    if (process.platform === "win32" && settings.line.form === "shell")
      throw new Error(
        'Windows has no /bin/sh for a "shell" line. Write "command" with a program and its arguments.',
      );
    await access(folder).catch(() => {
      throw new Error(`There is no folder ${folder}, which is to be the working directory.`);
    });
    return {
      trainer: new CommandTrainer(options, options.shareOf(slot)),
      engine: { name: "command" },
      weightBytes: null,
    };
  };
}

/** Executes runs by the user's command, each under the eyes of a supervisor (supervisor.ts). */
class CommandTrainer implements Trainer {
  readonly resumes = true;
  private current: SupervisedCommand | null = null;
  private stopped = false;
  private paused = false;
  private wake: () => void = () => undefined;
  private clock = new Stopwatch();
  /** Tells anew how far the run under way is. */
  private tellProgress: () => void = () => undefined;

  constructor(
    private readonly options: CommandOptions,
    private readonly share: RunShare,
  ) {}

  async train(
    request: TrainingRequest,
    onProgress: (progress: RunProgress) => void,
  ): Promise<TrainingEnd> {
    const { settings, data } = request;
    if (settings.kind !== "command") throw new TypeError("A built-in model is no command.");
    while (this.paused && !this.stopped)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    if (this.stopped) return { type: "died", message: "It was stopped." };
    const problem = await changedScript(settings, data.folder);
    if (problem !== null) return { type: "failed", message: problem, code: null };
    const begun = performance.now();
    const end = await this.execute(request, settings, onProgress);
    return this.judge(request, settings, end, (performance.now() - begun) / 1000);
  }

  tell({ type }: { readonly type: "pause" | "resume" }): void {
    this.paused = type === "pause";
    this.current?.tell({ type });
    if (this.paused) this.clock.stop();
    else {
      this.clock.start();
      this.wake();
    }
    this.tellProgress();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.current?.stop();
  }

  /** Asked anew: it may have changed while something was awaited. */
  private isPaused(): boolean {
    return this.paused;
  }

  private async execute(
    { seeds, directory, attempt, data }: TrainingRequest,
    settings: CommandSettings,
    onProgress: (progress: CommandProgress) => void,
  ): Promise<CommandEnd> {
    const log = path.join(directory, logName);
    const mark = newMark(runMark);
    await writeAttempt(directory, { attempt, supervisor: null, mark: mark.value });
    const command = new SupervisedCommand(this.options.supervisor, {
      type: "start",
      ...filledCommand(settings, { seeds, directory, attempt }, this.share),
      workingDirectory: data.folder,
      log,
      mark,
    });
    this.current = command;
    this.clock = new Stopwatch();
    if (this.isPaused()) this.clock.stop();
    let latest: Omit<CommandProgress, "clock"> = {
      ...{ type: "progress", kind: "command", attempt, log },
      ...{ step: null, stepSeconds: null, distance: null, metrics: {} },
    };
    const tell = (news: Partial<typeof latest>) => {
      latest = { ...latest, ...news };
      onProgress({ ...latest, clock: this.clock.state });
    };
    this.tellProgress = () => {
      tell({});
    };
    tell({});
    const over = new AbortController();
    // What befalls a watch alone is no fault of the run's.
    const watching = Promise.allSettled([
      watchStates(directory, settings.checkpoints, over.signal, (step) => {
        tell({ ...step, stepSeconds: this.clock.seconds });
      }),
      watchMetrics(directory, this.options.metrics, over.signal, (metrics) => {
        tell({ metrics });
      }),
    ]);
    try {
      await writeAttempt(directory, { attempt, supervisor: command.owner, mark: mark.value });
      return await command.ended;
    } finally {
      over.abort();
      this.tellProgress = () => undefined;
      await command.stop();
      this.current = null;
      await watching;
    }
  }

  private async judge(
    { directory, data }: TrainingRequest,
    settings: CommandSettings,
    end: CommandEnd,
    seconds: number,
  ): Promise<TrainingEnd> {
    const log = path.join(directory, logName);
    if (end.type === "lost") return { type: "died", message: "The command's supervisor died." };
    if (end.type === "refused") return refused(end, settings, data.folder);
    if (end.signal !== null)
      return {
        type: "died",
        message: `The command was ended by ${end.signal}. ${await lastLines(log)}`,
      };
    const exitCode = end.code ?? 0;
    if (exitCode !== 0) {
      const said = await lastLines(log);
      const message = `The command ended with exit code ${exitCode}. ${said}`.trim();
      return { type: "failed", message, code: await codeOf(directory, said) };
    }
    try {
      const states = await collectStates(directory, settings.checkpoints);
      const read = await readRunMetrics(directory, this.options.metrics);
      for (const [name, { problem }] of Object.entries(read))
        if (problem !== null)
          await appendFile(log, `\nWeight Odometer: ${name}: ${problem}.\n`).catch(() => undefined);
      const metrics = valuesOf(read);
      const commit = await commitOf(data.folder);
      return {
        type: "finished",
        seconds,
        pace: null,
        outcome: { ...states, commit, exitCode, metrics },
      };
    } catch (error) {
      if (!(error instanceof MissingStateError)) throw error;
      const code = await codeOf(directory, await lastLines(log));
      return { type: "failed", message: error.message, code };
    }
  }
}

/** What befell a command that did not end well would befall every other where there is no room. */
async function codeOf(directory: string, said: string): Promise<string | null> {
  return (await metFullDisk(directory, said)) ? "ENOSPC" : null;
}

/** Why a script is not the one that the experiment was started with; null where it is. */
async function changedScript(
  { script }: CommandSettings,
  workingDirectory: string,
): Promise<string | null> {
  if (script === null) return null;
  try {
    if ((await scriptHash(workingDirectory, script.name)) === script.sha256) return null;
  } catch (error) {
    return (error as Error).message;
  }
  return `${script.name} has changed since the experiment was started. Start it again: runs of the old script are kept apart.`;
}

function refused(
  { message, code }: Extract<CommandEnd, { type: "refused" }>,
  { line }: CommandSettings,
  folder: string,
): TrainingEnd {
  const program = line.form === "arguments" ? line.words[0] : "/bin/sh";
  const words =
    code === "ENOENT"
      ? `There is no program ${program} (looked for on PATH and from ${folder}).`
      : `${program} could not be started: ${message}`;
  return { type: "failed", message: words, code };
}
