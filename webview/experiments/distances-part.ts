import type {
  ComparedExperiment,
  ExperimentComparison,
} from "../../src/protocol/experiment-comparison";
import type { SampleStatistics } from "../../src/protocol/results";
import {
  differencesText,
  NORMALISATION_NAMES,
  NORMALISATIONS,
} from "../../src/words/experiment-comparison-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section, type Child } from "../ui/dom";
import { figure, fixed, NONE } from "../ui/format";

const meanAndStd = (of: Pick<SampleStatistics, "mean" | "std"> | null): string =>
  of === null ? NONE : `${figure(of.mean)}${of.std === null ? "" : ` ± ${figure(of.std, 2)}`}`;

const interval = (of: SampleStatistics | null): string =>
  of?.interval ? `${figure(of.interval.low)} to ${figure(of.interval.high)}` : NONE;

/** All that is saved moved otherwise than the weights: batch norm's moving averages, the second reading of Table 2. */
function savedToo({ distance, savedDistance }: ComparedExperiment): Child {
  const plain = distance.none?.mean ?? 0;
  return savedDistance === null || Math.abs(savedDistance.mean - plain) <= 1e-9 * plain
    ? null
    : h("span", { class: "second" }, `all saved: ${meanAndStd(savedDistance)}`);
}

function row(one: ComparedExperiment): HTMLTableRowElement {
  const { distance, paper } = one;
  const cells: readonly Child[] = [
    String(one.runs - one.diverged),
    h("span", {}, meanAndStd(distance.none), savedToo(one)),
    interval(distance.none),
    paper ? `${fixed(paper.distance.mean, 3)} ± ${fixed(paper.distance.std, 3)}` : NONE,
    ...NORMALISATIONS.slice(1).map((name) => meanAndStd(distance[name])),
  ];
  return h(
    "tr",
    {},
    h(
      "th",
      { scope: "row" },
      one.name,
      h("span", { class: "second" }, `${one.model} on ${one.dataset}`),
    ),
    ...cells.map((cell, at) => h("td", { class: at === 3 ? "of-paper" : "" }, cell)),
  );
}

function csv({ experiments }: ExperimentComparison): string {
  return csvText(
    ["experiment", "model", "divided_by", "runs", "mean", "low_95", "high_95", "std", "cv_percent"],
    experiments.flatMap(({ name, model, distance }) =>
      NORMALISATIONS.map((normalisation) => {
        const of = distance[normalisation];
        const { low, high } = of?.interval ?? { low: null, high: null };
        return [
          name,
          model,
          normalisation,
          of?.count ?? 0,
          of?.mean ?? null,
          low,
          high,
          of?.std ?? null,
          of?.cvPercent ?? null,
        ];
      }),
    ),
  );
}

/** Table 2, a row for each experiment, beside the paper's and under the other normalisations. */
export function distancesPart(comparison: ExperimentComparison): HTMLElement {
  const heads = [
    "experiment",
    "N",
    NORMALISATION_NAMES.none,
    "95 % interval",
    "paper's",
    ...NORMALISATIONS.slice(1).map((name) => NORMALISATION_NAMES[name]),
  ];
  const levels = comparison.experiments.some(({ distance }) => distance.none === null);
  return section(
    "distances",
    "Table 2: initial to final weights",
    comparison.comparable
      ? null
      : h("p", { class: "warning" }, differencesText(comparison).replace(/:$/, ", listed below.")),
    h(
      "div",
      { class: "wide" },
      h(
        "table",
        { class: "figures" },
        h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
        h("tbody", {}, ...comparison.experiments.map(row)),
      ),
    ),
    h(
      "p",
      { class: "note" },
      "Mean ± standard deviation over runs, of trainable weights (all saved: with batch normalisation's moving averages, which are no weights); the quotients are taken run by run. ",
      "Distance is ordinal: more or less of it means something within one model and one configuration, not between them.",
      levels
        ? " Where an experiment varies labels, a mean over its levels means nothing and none is given."
        : "",
    ),
    ...comparison.experiments.map(({ name, sample }) =>
      h("p", { class: "note" }, `${name}: ${sample}`),
    ),
    csvLink("table-2.csv", () => csv(comparison)),
  );
}
