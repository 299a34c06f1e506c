import { version } from "../../package.json";
import { compare } from "./commands/compare";
import { datasets } from "./commands/datasets";
import { diff } from "./commands/diff";
import { helper } from "./commands/helper";
import { inspect } from "./commands/inspect";
import { map } from "./commands/map";
import { models } from "./commands/models";
import { preset } from "./commands/preset";
import { qmcm } from "./commands/qmcm";
import { report } from "./commands/report";
import { run } from "./commands/run";
import { runTaskCommand } from "./commands/run-task";
import { status } from "./commands/status";
import { trajectory } from "./commands/trajectory";
import { help } from "./help";
import { UsageError } from "./usage-error";
import { serveSpectra } from "../spectrum/worker";
import { spectrumWorkerCommand } from "./worker-commands";

/** A command: takes its arguments, returns the exit code (0 done, 1 failed, 2 wrong usage). */
export type Command = (args: readonly string[]) => Promise<number>;

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    run,
    preset,
    status,
    report,
    map,
    compare,
    inspect,
    diff,
    trajectory,
    qmcm,
    models,
    datasets,
    helper,
  }),
);

async function main(args: readonly string[]): Promise<number> {
  const name = args.at(0);
  const rest = args.slice(1);
  if (name === "--version") return print(version);
  if (name === "--help" || name === "-h" || name === "help") return print(help());
  if (name === spectrumWorkerCommand && process.send) {
    serveSpectra();
    return 0;
  }
  if (name === "run-task") return runTaskCommand(rest);
  const command = commands.get(name ?? "");
  if (!command)
    throw new UsageError(
      name === undefined ? "A command is missing." : `There is no command ${name}.`,
    );
  if (rest.includes("--help")) return print(help(name));
  return command(rest);
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const message = error instanceof Error ? error.message : String(error);
    const usage = error instanceof UsageError;
    process.stderr.write(
      `weight-odometer: ${message}${usage ? "\nSee weight-odometer --help." : ""}\n`,
    );
    process.exitCode = usage ? 2 : 1;
  },
);
