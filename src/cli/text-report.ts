import type {
  NearestCheck,
  Radius,
  RepetitionFloor,
  Results,
  SampleStatistics,
} from "../protocol/results";
import { floorSentences, prunedSentence } from "../words/floor-words";
import { PAPER_REMARKS } from "../words/paper-words";
import { manyOwnStarts, sampleText } from "../words/sample-words";
import { displacementsText, stateSentences } from "../words/state-words";
import { textLevels, textRuns, textSettings } from "./text-levels";
import { textLabels } from "./text-labels";
import { metricCells, textMetrics } from "./text-metrics";
import { textTable } from "./text-table";

/** The results as plain text: Table 2 row, nearest check, spheres, maps. Ends with a newline. */
export function textReport(results: Results): string {
  const { name, model, dataset, runs, planned, parameters } = results;
  const parts = [
    `${name}\n${model} on ${dataset}, ${count(parameters, "parameter")}, ${runs} of ${count(planned, "run")} finished\n${sampleText(results)}`,
    textSettings(results),
    results.statistics ? tableTwo(results, results.statistics) : "",
    textLevels(results),
    textMetrics(results),
    textLabels(results),
    results.floor ? floorText(results.floor) : "",
    results.nearest ? nearest(results.nearest, prunedSentence(results)) : "",
    spheres(results),
    [
      ...stateSentences(results),
      ...(results.displacements ? [displacementsText(results.displacements)] : []),
    ]
      .map((sentence) => `  ${sentence}`)
      .join("\n"),
    maps(results),
    textRuns(results),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function floorText(floor: RepetitionFloor): string {
  const lines = floorSentences(floor).map((sentence) => `  ${sentence}`);
  return ["The same seed twice", ...lines].join("\n");
}

function tableTwo(results: Results, statistics: SampleStatistics): string {
  const { model, accuracy, savedStatistics, convergence, metrics, paper } = results;
  const other = (name: string, of: SampleStatistics | null) =>
    of === null || (of.mean === statistics.mean && of.count === statistics.count)
      ? []
      : [[name, ...figures(of)]];
  const rows = [
    ["Network", "N", "Mean", "STD", "c_v (%)", "95 % interval of the mean"],
    [model, ...figures(statistics)],
    ...other(`${model}, moving averages too`, savedStatistics),
    ...other(`${model}, converged runs`, convergence.statistics),
    ...metrics.flatMap(({ name, statistics: of }) => (of ? [[name, ...metricCells(of)]] : [])),
    ...(paper
      ? [[`paper, ${paper.title}`, ...figures({ ...paper.distance, interval: null })]]
      : []),
  ];
  const lines = [
    `Distance between initial and final weights (Table 2), of ${count(results.parameters, "trainable parameter")}`,
    textTable(rows),
    ...(accuracy
      ? [
          `Test accuracy ${percent(accuracy.mean)}${accuracy.std === null ? "" : ` ± ${percent(accuracy.std)}`}`,
        ]
      : []),
    ...(paper?.remarks ?? []).map((remark) => PAPER_REMARKS[remark]),
  ];
  return lines.join("\n");
}

function figures({ count: n, mean, std, cvPercent, interval }: SampleStatistics): string[] {
  const decimals = decimalsFor(mean, std);
  return [
    n.toLocaleString("en-US"),
    mean.toFixed(decimals),
    std === null ? "-" : std.toFixed(decimals),
    cvPercent === null ? "-" : cvPercent.toFixed(3),
    interval ? `${interval.low.toFixed(decimals)} to ${interval.high.toFixed(decimals)}` : "-",
  ];
}

/** The paper's three, and more where these would not show two digits of the deviation. */
function decimalsFor(mean: number, std: number | null): number {
  const smallest = std === null || std === 0 ? Math.abs(mean) : std;
  return smallest === 0 ? 3 : Math.min(12, Math.max(3, 1 - Math.floor(Math.log10(smallest))));
}

function nearest(check: NearestCheck, pruned: string | null): string {
  if (!check.applicable) return `Nearest check: not applicable. ${check.reason}`;
  const ratio = (margin: number | null) =>
    margin === null ? "" : `, the nearest other at least ${margin.toFixed(2)} times as far`;
  return [
    "Nearest check",
    `  ${check.own} of ${check.pairs} initial states have their own final state as the nearest of all${ratio(check.margin)}.`,
    `  ${check.reverse.own} of ${check.pairs} final states have their own initial state as the nearest of all${ratio(check.reverse.margin)}.`,
    ...(pruned === null ? [] : [`  ${pruned}`]),
  ].join("\n");
}

function spheres({ sphere, paper, varied }: Results): string {
  if (!sphere) return "";
  const cell = ({ meanRadius, std }: Radius) =>
    `${meanRadius.toFixed(3)}${std === null ? "" : ` ± ${std.toFixed(3)}`}`;
  const row = (state: "initial" | "final") => {
    const found = sphere[state];
    if (!found) return [];
    return [[state, cell(found.fullSpace), cell(found.map), cell(found.metricMap)]];
  };
  const rows = [
    ["States", "full space", "classical 3-D map", "metric 3-D map"],
    ...row("initial"),
    ...row("final"),
    ...(paper?.sphere && varied === null
      ? (["initial", "final"] as const).map((state) => [
          `paper, ${state}`,
          "-",
          "-",
          cell(paper.sphere![state]),
        ])
      : []),
  ];
  return `Radius about the centroid, mean ± standard deviation\n${textTable(rows)}`;
}

function maps(results: Results): string {
  const { maps: all } = results;
  if (all.length === 0) return "";
  const rows = all.map(({ method, states, dimensions, explained, explainedNull, stress }) => [
    `${states}, ${method}`,
    `${dimensions}-D`,
    method === "classical" ? `${percent(explained)} (${percent(explainedNull)})` : "-",
    stress.toFixed(3),
  ]);
  const of =
    results.pruned > 0
      ? `, which stay as they were made of ${results.mapped} runs: weights were removed since`
      : results.mapped < results.runs - results.diverged
        ? ` of the first ${results.mapped} runs`
        : "";
  return [
    `Maps${of}${of === "" ? "" : ", and so are nearest check and radii"}`,
    textTable([["States, method", "", "explained (no structure)", "stress-1"], ...rows]),
    ...(manyOwnStarts(results)
      ? [
          "Random weights are nearly equidistant: a classical 3-D map of them is a ball, while metric MDS puts them",
          "on a sphere of about 2/3 of their mean distance, as in the paper's Fig. 1.",
        ]
      : []),
  ].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}
