import type { DistanceHistogram, QmcmEstimate, QmcmSimulation, QmcmSweep } from "../protocol/qmcm";
import { estimateSentences, simulationSentences } from "../qmcm/sentences";
import { figure } from "./figures";
import { textTable } from "./text-table";

/** Shares r that the text shows of a sweep; --json has all. */
const SHOWN = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
/** Bins of a line, and characters of the longest bar. */
const JOINED = 2;
const BAR = 48;

/** A simulation as plain text. Ends with a newline. */
export function textSimulation(simulation: QmcmSimulation): string {
  const { mean, std, cv, klDivergence, histogram, sweep } = simulation;
  const rows = [
    ["Shortest distance", "Mean", "STD", "c_v", "KL divergence"],
    [
      `of ${simulation.queries.toLocaleString("en-US")} points`,
      ...[mean, std, cv, klDivergence].map((value) => figure(value, 5)),
    ],
  ];
  return `${[
    textTable(rows),
    histogram ? bars(histogram) : "",
    sweep ? sweepTable(sweep) : "",
    ...simulationSentences(simulation),
  ]
    .filter((part) => part !== "")
    .join("\n\n")}\n`;
}

/** Fig. 4: a bar for each few bins, and a colon where the normal distribution ends. */
function bars({ from, to, counts, expected }: DistanceHistogram): string {
  const join = (values: readonly number[]) =>
    Array.from({ length: Math.ceil(values.length / JOINED) }, (_, i) =>
      values.slice(i * JOINED, (i + 1) * JOINED).reduce((sum, value) => sum + value, 0),
    );
  const [found, normal] = [join(counts), join(expected)];
  const most = Math.max(...found, ...normal);
  const width = ((to - from) / counts.length) * JOINED;
  const lines = found.map((count, i) => {
    const bar = "#".repeat(Math.round((BAR * count) / most)).padEnd(BAR + 1);
    const mark = Math.round((BAR * normal[i]) / most);
    return `  ${(from + i * width).toFixed(4)}  ${bar.slice(0, mark)}:${bar.slice(mark + 1)}`;
  });
  return `Distances from the smallest up (#), and the normal distribution (:)\n${lines.map((line) => line.trimEnd()).join("\n")}`;
}

function sweepTable({ remaining, fresh }: QmcmSweep): string {
  const rows = remaining.flatMap((level, i) =>
    SHOWN.includes(level.ratio)
      ? [
          [
            `r = ${Math.round(100 * level.ratio)} %`,
            level.queries.toLocaleString("en-US"),
            figure(level.mean, 5),
            figure(level.klDivergence, 3),
            figure(level.floor.mean, 3),
            figure(fresh[i].klDivergence, 3),
            figure(fresh[i].floor.mean, 3),
          ],
        ]
      : [],
  );
  const header = ["X - X'", "points", "mean", "KL", "of normal", "KL, fresh", "of normal"];
  return `KL divergence over r (Fig. 5), beside what normal samples of the same size have; "fresh": asked of ${fresh[0].queries.toLocaleString("en-US")} points that are not in X\n${textTable([header, ...rows])}`;
}

/** An estimate as plain text. Ends with a newline. */
export function textEstimate(result: QmcmEstimate): string {
  const row = (name: string, { count, mean, std, cvPercent }: QmcmEstimate["plain"]) => [
    name,
    count.toLocaleString("en-US"),
    figure(mean, 5),
    figure(std, 4),
    figure(cvPercent, 4),
  ];
  const table = textTable([
    ["Distance to the nearest final state", "Runs", "Mean", "STD", "c_v (%)"],
    row("first drawn", result.plain),
    row("after Algorithm 2", result.trimmed),
  ]);
  const removed = result.removals
    .slice(0, 20)
    .map(({ run, distance, cv }) => `run ${run} at ${figure(distance, 5)} (c_v ${figure(cv, 3)})`);
  const more = result.removals.length - removed.length;
  const list = removed.length
    ? `Taken out: ${removed.join(", ")}${more > 0 ? `, … and ${more} more` : ""}.`
    : "";
  return `${[table, list, ...estimateSentences(result)].filter((part) => part !== "").join("\n\n")}\n`;
}
