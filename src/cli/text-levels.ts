import { figuresOf } from "../experiment/figure-warnings";
import type { LevelResult } from "../protocol/levels";
import type { Results, SampleStatistics } from "../protocol/results";
import {
  checkText,
  convergenceCriterion,
  tellsLosses,
  unconvergedRuns,
} from "../words/check-words";
import { levelName, SETTING_NAMES, STOP_NAMES } from "../words/level-words";
import { figure, firstOf, plural } from "../words/number";
import { settingLines } from "../words/settings-words";
import { stopsTogether, trendMeaning, trendTest } from "../words/trend-words";
import { warningsOf } from "../words/warning-words";
import { textTable } from "./text-table";

/** Table 1: how the runs were trained, beside the paper's column where the model is the paper's. */
export function textSettings(results: Results): string {
  const paper = results.paper !== null;
  const rows = settingLines(results).map(([name, ours, theirs]) =>
    paper ? [name, ours, theirs ?? "-"] : [name, ours],
  );
  const heads = ["Setting", "here", ...(paper ? ["paper"] : [])];
  return `Training configuration (Table 1)\n${textTable([heads, ...rows])}`;
}

/** Levels in figures, and the trend over them (Figs. 6 and 7); empty where nothing is varied. */
export function textLevels(results: Results): string {
  const { levels, trends, varied } = results;
  if (levels.length === 0 || varied === null) return "";
  const figures = { labelFraction: " (Fig. 6)", labelCorruption: " (Fig. 7)", initialWeights: "" };
  const several = new Set(levels.map(({ stop }) => stop)).size > 1;
  const rows = levels.map((level) => levelRow(level, several, tellsLosses(results)));
  const heads = ["Level", "N", "Mean", "STD", "95 % interval", "converged", "changed"];
  const sentences = trends.flatMap((trend) => [
    `${several && trend.figure === "fig-6" ? `${STOP_NAMES[trend.stop]}: ` : ""}${trendMeaning(trend, results.runResults)}`,
    `  ${trendTest(trend)}`,
  ]);
  return [
    `Distance over ${SETTING_NAMES[varied]}${figures[varied]}`,
    textTable([[...heads, "steps", "training accuracy"], ...rows]),
    ...sentences,
    stopsTogether(trends),
  ]
    .filter((line) => line.trim() !== "")
    .join("\n");
}

function levelRow(one: LevelResult, several: boolean, judged: boolean): string[] {
  const { level, stop, runs, diverged, distance, convergedDistance } = one;
  const { realisedRate, steps, trainAccuracy } = one;
  const share = (value: number | undefined) =>
    value === undefined ? "-" : `${(100 * value).toFixed(1)} %`;
  return [
    `${levelName(level)}${several ? `, ${stop}` : ""}`,
    String(runs - diverged),
    figure(distance?.mean ?? null),
    figure(distance?.std ?? null, 2),
    interval(distance),
    !judged
      ? "-"
      : convergedDistance
        ? `${figure(convergedDistance.mean)} (${convergedDistance.count})`
        : "none",
    level.setting === "labelCorruption" ? share(realisedRate?.mean) : "-",
    steps ? String(Math.round(steps.mean)) : "-",
    share(trainAccuracy?.mean),
  ];
}

function interval(of: SampleStatistics | null): string {
  return of?.interval ? `${figure(of.interval.low)} to ${figure(of.interval.high)}` : "-";
}

/** Checks, runs that did not converge, and the warnings of all figures. */
export function textRuns(results: Results): string {
  const { checks, convergence } = results;
  const { cautions, notes } = warningsOf(results, figuresOf(results));
  const failed = unconvergedRuns(convergence).map(
    ({ why, runs }) => `${plural(runs.length, "run")}, ${why}: ${firstOf(runs)}`,
  );
  const lines = [
    ...checks.map(checkText),
    ...failed,
    ...(failed.length > 0 ? [convergenceCriterion(convergence)] : []),
    ...cautions,
    ...notes,
  ];
  return lines.length === 0
    ? ""
    : ["To be read with it", ...lines.map((line) => `  ${line}`)].join("\n");
}
