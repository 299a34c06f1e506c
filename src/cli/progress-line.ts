import type { WriteStream } from "node:tty";
import type { LiveSnapshot } from "../protocol/live";
import { shareDone } from "../words/run-progress";

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
export function describeProgress({ name, state, runs, secondsLeft, place }: LiveSnapshot): string {
  const count = (wanted: string) => runs.filter((run) => run.state === wanted).length;
  const underWay = runs.flatMap((run) => (run.state === "running" ? [shareDone(run)] : []));
  const share =
    runs.length === 0 ? 0 : (count("finished") + underWay.reduce((a, b) => a + b, 0)) / runs.length;
  const parts = [
    `${name}: ${state}`,
    `${Math.floor(100 * share)} %`,
    `${count("finished")} of ${runs.length} finished`,
  ];
  if (underWay.length > 0) parts.push(`${underWay.length} running`, ...pace(runs));
  if (count("failed") > 0) parts.push(`${count("failed")} failed`);
  if (secondsLeft !== null) parts.push(`${describeSeconds(secondsLeft)} left`);
  // Slurm's own words may have several lines.
  if (place) parts.push(place.replaceAll(/\s*\n\s*/g, " "));
  return parts.join(" · ");
}

/** Of the runs under way: mean loss, mean accuracy, images a second in all. */
function pace(runs: LiveSnapshot["runs"]): string[] {
  const running = runs.flatMap((run) =>
    run.state === "running" && run.kind !== "command" ? [run] : [],
  );
  // A command tells its distance from the start alone.
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

/** Such as "8 s", "3 min", "2.5 h". */
export function describeSeconds(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
