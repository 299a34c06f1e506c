import type { NearestCheck, Radius, Results, Statistics } from "../protocol/results";
import { textLabels } from "./text-labels";
import { textTable } from "./text-table";

/** The results as plain text: Table 2 row, nearest check, spheres, maps. Ends with a newline. */
export function textReport(results: Results): string {
  const { name, model, dataset, runs, planned, parameters } = results;
  const parts = [
    `${name}\n${model} on ${dataset}, ${count(parameters, "parameter")}, ${runs} of ${count(planned, "run")} finished`,
    results.diverged > 0 ? `${count(results.diverged, "run")} diverged and are left out.` : "",
    mixture(results),
    results.statistics ? tableTwo(results, results.statistics) : "",
    textLabels(results),
    results.nearest ? nearest(results.nearest) : "",
    spheres(results),
    maps(results),
  ];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function tableTwo({ model, accuracy }: Results, statistics: Statistics): string {
  const rows = [
    ["Network", "Mean", "STD", "c_v (%)"],
    [model, ...figures(statistics)],
  ];
  const text = `Distance between initial and final weights (Table 2)\n${textTable(rows)}`;
  return accuracy
    ? `${text}\nTest accuracy ${percent(accuracy.mean)}${accuracy.std === null ? "" : ` ± ${percent(accuracy.std)}`}`
    : text;
}

/** A warning where runs were trained on several engines or kinds of CPU. */
function mixture({ engines }: Results): string {
  if (engines.length < 2) return "";
  const kinds = engines.map(
    ({ engine: { name, version, lowering, kernelLevel }, runs }) =>
      `  ${count(runs, "run")} by ${name} ${version}, ${kernelLevel}, ${lowering}`,
  );
  return [
    "Trained on mixed kinds of CPU or engine, whose rounding differs: a run elsewhere would differ in its last digits.",
    ...kinds,
  ].join("\n");
}

function figures({ mean, std, cvPercent }: Statistics): string[] {
  return [
    mean.toFixed(3),
    std === null ? "-" : std.toFixed(3),
    cvPercent === null ? "-" : cvPercent.toFixed(3),
  ];
}

function nearest(check: NearestCheck): string {
  if (!check.applicable) return `Nearest check: not applicable. ${check.reason}`;
  const ratio = (margin: number | null) =>
    margin === null ? "" : `, the nearest other at least ${margin.toFixed(2)} times as far`;
  return [
    "Nearest check",
    `  ${check.own} of ${check.pairs} initial states have their own final state as the nearest of all${ratio(check.margin)}.`,
    `  ${check.reverse.own} of ${check.pairs} final states have their own initial state as the nearest of all${ratio(check.reverse.margin)}.`,
  ].join("\n");
}

function spheres({ sphere }: Results): string {
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
    results.mapped < results.runs - results.diverged ? ` of the first ${results.mapped} runs` : "";
  return [
    `Maps${of}${of === "" ? "" : ", and so are nearest check and radii"}`,
    textTable([["States, method", "", "explained (no structure)", "stress-1"], ...rows]),
    "Random weights are nearly equidistant: a classical 3-D map of them is a ball, while metric MDS puts them",
    "on a sphere of about 2/3 of their mean distance, as in the paper's Fig. 1.",
  ].join("\n");
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}

function count(n: number, noun: string): string {
  return `${n.toLocaleString("en-US")} ${noun}${n === 1 ? "" : "s"}`;
}
