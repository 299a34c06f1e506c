import type { WriteStream } from "node:tty";
import type { LiveSnapshot } from "../protocol/live";
import { roughly } from "../words/duration";
import { figure } from "../words/number";
import { progressText, sharesDone } from "../words/run-progress";
import { basisText, runTimes, runTimeText } from "../words/run-time";

const plainIntervalMs = 10_000;

/** Shows an experiment's progress: one line that changes on a terminal, a line every ten seconds elsewhere. */
export class ProgressLine {
  private shown = 0;

  constructor(private readonly stream: Pick<WriteStream, "write" | "isTTY" | "columns">) {}

  show(snapshot: LiveSnapshot): void {
    const text = describeProgress(snapshot);
    if (this.stream.isTTY) {
      this.stream.write(`\r${text.slice(0, Math.max(20, this.stream.columns - 1))}\x1b[K`);
      return;
    }
    if (Date.now() - this.shown < plainIntervalMs) return;
    this.shown = Date.now();
    this.stream.write(`${text}\n`);
  }

  end(): void {
    if (this.stream.isTTY) this.stream.write("\r\x1b[K");
  }
}

/** One line: state, runs finished, under way and failed, time left. */
export function describeProgress(snapshot: LiveSnapshot): string {
  const { name, state, runs, secondsLeft, place } = snapshot;
  const count = (wanted: string) => runs.filter((run) => run.state === wanted).length;
  const shareOf = sharesDone(snapshot);
  const underWay = runs.flatMap((run) => (run.state === "running" ? [shareOf(run)] : []));
  const share =
    runs.length === 0 ? 0 : (count("finished") + underWay.reduce((a, b) => a + b, 0)) / runs.length;
  const parts = [
    `${name}: ${state}`,
    `${Math.floor(100 * share)} %`,
    `${count("finished")} of ${runs.length} finished`,
  ];
  if (underWay.length > 0)
    parts.push(`${underWay.length} running`, ...pace(runs), ...toldByCommands(runs));
  if (count("failed") > 0) parts.push(`${count("failed")} failed`);
  if (secondsLeft !== null) parts.push(`${roughly(secondsLeft)} left`);
  // Slurm's own words may have several lines.
  if (place) parts.push(place.replaceAll(/\s*\n\s*/g, " "));
  return parts.join(" · ");
}

/** Of the runs under way: mean loss, mean accuracy, images a second in all. */
function pace(runs: LiveSnapshot["runs"]): string[] {
  const running = runs.flatMap((run) =>
    run.state === "running" && run.kind !== "command" ? [run] : [],
  );
  if (running.length === 0) return [];
  const told = (value: (run: (typeof running)[number]) => number | null) =>
    running.map(value).filter((one) => one !== null);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const [accuracies, rates] = [told((run) => run.accuracy), told((run) => run.imagesPerSecond)];
  const parts = [`loss ${(sum(running.map(({ loss }) => loss)) / running.length).toPrecision(3)}`];
  if (accuracies.length > 0)
    parts.push(`accuracy ${((100 * sum(accuracies)) / accuracies.length).toFixed(1)} %`);
  if (rates.length > 0) parts.push(`${Math.round(sum(rates)).toLocaleString("en-US")} images/s`);
  return parts;
}

/** Of the commands under way: the mean of each number of the user's that they tell. */
function toldByCommands(runs: LiveSnapshot["runs"]): string[] {
  const told = new Map<string, number[]>();
  for (const run of runs)
    if (run.state === "running" && run.kind === "command")
      for (const [name, value] of Object.entries(run.metrics ?? {}))
        told.set(name, [...(told.get(name) ?? []), value]);
  return [...told].map(
    ([name, values]) => `${name} ${figure(values.reduce((a, b) => a + b, 0) / values.length, 3)}`,
  );
}

/** A line for each command under way: what it told last, how long it has taken, what is left and by what that is judged. */
export function describeCommands(snapshot: LiveSnapshot): string[] {
  const timeOf = runTimes(snapshot);
  return snapshot.runs.flatMap((run) => {
    if (run.state !== "running" || run.kind !== "command") return [];
    const time = timeOf(run);
    const spent = time === null ? "" : ` · ${runTimeText(time)}. ${basisText(time)}`;
    return [`  Run ${run.run}: ${progressText(run)}${spent}`];
  });
}
