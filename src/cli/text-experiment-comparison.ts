import type {
  ComparedExperiment,
  ExperimentComparison,
  Normalisation,
} from "../protocol/experiment-comparison";
import type { SampleStatistics } from "../protocol/results";
import {
  differencesText,
  NORMALISATION_NAMES,
  NORMALISATIONS,
  rankingSentences,
  valuesText,
} from "../words/experiment-comparison-words";
import { PAPER_REMARKS } from "../words/paper-words";
import { figure } from "./figures";
import { textTable } from "./text-table";

/** A comparison of experiments as plain text: distances, what differs, and the order of models. Ends with a newline. */
export function textExperimentComparison(comparison: ExperimentComparison): string {
  const parts = [distances(comparison), differences(comparison), rankings(comparison)];
  return `${parts.filter((part) => part !== "").join("\n\n")}\n`;
}

function distances({ experiments }: ExperimentComparison): string {
  const rows = experiments.map((one) => [
    one.name,
    one.model,
    String(one.runs),
    ...NORMALISATIONS.map((name) => cell(one, name)),
    one.paper ? `${one.paper.distance.mean} ± ${one.paper.distance.std}` : "-",
  ]);
  const names = NORMALISATIONS.map((name) => NORMALISATION_NAMES[name]);
  const head = ["Experiment", "model", "runs", ...names, "paper's distance"];
  return [
    "Mean ± standard deviation over runs, of trainable weights",
    textTable([head, ...rows]),
    ...experiments.map(({ name, sample }) => `${name}: ${sample}`),
    ...experiments.flatMap(({ name, distance, savedDistance }) =>
      savedDistance === null || savedDistance.mean === distance.none?.mean
        ? []
        : [`${name}, of all that is saved, moving averages too: ${meanText(savedDistance)}`],
    ),
  ].join("\n");
}

function cell({ distance }: ComparedExperiment, name: Normalisation): string {
  const found = distance[name];
  return found ? meanText(found) : "-";
}

function meanText({ mean, std }: Pick<SampleStatistics, "mean" | "std">): string {
  return `${figure(mean, 4)}${std === null ? "" : ` ± ${figure(std, 2)}`}`;
}

function differences(comparison: ExperimentComparison): string {
  const rows = comparison.comparable
    ? []
    : comparison.differences.map(({ setting, values }) => `  ${setting}: ${valuesText(values)}`);
  return [differencesText(comparison), ...rows].join("\n");
}

function rankings(comparison: ExperimentComparison): string {
  const { rankings: all, selection, experiments, paperOrder } = comparison;
  if (all.length === 0) return "";
  const rows = all.map(({ normalisation, order, correlation }, at) => [
    NORMALISATION_NAMES[normalisation],
    order.map((place) => experiments[place].model).join(" < "),
    correlation ? correlation.rho.toFixed(2) : "-",
    figure(correlation?.p, 3),
    figure(selection.adjustedP[at], 3),
  ]);
  const byActual = paperOrder.toSorted((a, b) => a.rank.actual - b.rank.actual);
  return [
    "Order of the models by distance against the one that the paper expects (Table 3)",
    textTable([
      ["", "order", "rho", "p", "Holm's p"],
      ...rows,
      ["paper, expected", paperOrder.map(({ model }) => model).join(" < "), "", "", ""],
      [
        "paper, actual",
        byActual.map(({ model }) => model).join(" < "),
        comparison.paperRanking.rho.toFixed(2),
        figure(comparison.paperRanking.p, 3),
        "",
      ],
    ]),
    ...rankingSentences(comparison),
    ...comparison.paperRemarks.map(({ title, remark }) => `${title}: ${PAPER_REMARKS[remark]}`),
  ].join("\n");
}
