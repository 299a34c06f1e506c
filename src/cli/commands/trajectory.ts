import { csv } from "../../comparison/csv";
import type { Trajectory } from "../../protocol/trajectory";
import { trajectoryRows } from "../../trajectory/csv-rows";
import { readPanelBundle } from "../../html/panel-report";
import { reportedView, trajectoryHtml } from "../../trajectory/html-report";
import { measureTrajectory } from "../../trajectory/measure-trajectory";
import { watchTrajectory } from "../../trajectory/watch-trajectory";
import { oneOf, parse } from "../arguments";
import { withOptionalValue } from "../optional-value";
import { selectionFrom, selectionOptions, warnOfUnused } from "../selection-options";
import { ShareProgress } from "../share-progress";
import { textPoint, textTrajectory } from "../text-trajectory";
import { terminalWidth } from "../terminal-width";
import { UsageError } from "../usage-error";
import { writeOutput } from "../write-output";

const options = {
  ...selectionOptions,
  json: { type: "boolean" },
  csv: { type: "string" },
  html: { type: "string" },
  order: { type: "string" },
  watch: { type: "boolean" },
} as const;

/** `trajectory`: distances over a series of checkpoints, of a folder or given by name. */
export async function trajectory(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(withOptionalValue(args, "--csv", ".csv"), options, {
    names: ["DIR or FILES"],
    more: true,
  });
  if (values.json && values.csv === "")
    throw new UsageError("--json and --csv both print to standard output: name a file for --csv.");
  if (values.watch && positionals.length !== 1)
    throw new UsageError("--watch takes one DIR to follow.");
  const order = oneOf("order", values.order, ["step", "time", "given"]);
  const { matching, selected } = selectionFrom(values);
  const settings = { ...matching, ...(order && { order }) };
  const result = values.watch
    ? await watch(positionals[0], settings, values.json ?? false)
    : await measure(positionals, settings);
  if (!result) {
    process.stderr.write("weight-odometer: no checkpoint was written.\n");
    return 0;
  }
  warnOfUnused(selected);
  for (const { file, reason } of values.watch ? [] : result.skipped)
    process.stderr.write(`weight-odometer: skipped ${file}: ${reason}\n`);
  if (values.csv !== undefined) await writeOutput(values.csv || null, csv(trajectoryRows(result)));
  if (values.html !== undefined)
    await writeOutput(
      values.html,
      trajectoryHtml(
        reportedView(result, positionals),
        await readPanelBundle(__dirname, "trajectory"),
      ),
    );
  if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else if (values.csv !== "" && values.html === undefined)
    process.stdout.write(textTrajectory(result, terminalWidth()));
  return 0;
}

type Settings = Parameters<typeof measureTrajectory>[1] & object;

async function measure(paths: readonly string[], settings: Settings): Promise<Trajectory> {
  const progress = new ShareProgress("measuring");
  try {
    return await measureTrajectory(paths, { ...settings, onProgress: progress.show });
  } finally {
    progress.end();
  }
}

/** Until Ctrl+C; a second Ctrl+C ends the process at once. */
async function watch(dir: string, settings: Settings, json: boolean): Promise<Trajectory | null> {
  const interrupted = new AbortController();
  const stop = () => {
    interrupted.abort();
  };
  process.once("SIGINT", stop);
  process.once("SIGTERM", stop);
  process.stderr.write(`Watching ${dir}; Ctrl+C ends it.\n`);
  const progress = new ShareProgress("measuring the whole series");
  try {
    return await watchTrajectory(dir, settings, {
      signal: interrupted.signal,
      onPoint: (point) =>
        process.stdout.write(`${json ? JSON.stringify(point) : textPoint(point)}\n`),
      onSkipped: (file, reason) =>
        process.stderr.write(`weight-odometer: skipped ${file}: ${reason}\n`),
      onProgress: progress.show,
    });
  } finally {
    progress.end();
    process.off("SIGINT", stop);
    process.off("SIGTERM", stop);
  }
}
