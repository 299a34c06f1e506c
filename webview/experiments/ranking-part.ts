import type {
  ExperimentComparison,
  ModelRanking,
  RankedModel,
} from "../../src/protocol/experiment-comparison";
import {
  NORMALISATION_NAMES,
  rankedExperiments,
  rankingSentences,
} from "../../src/words/experiment-comparison-words";
import { PAPER_REMARKS } from "../../src/words/paper-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { NONE } from "../ui/format";

/** A model with its place in the expected order as a shade; hollow where Table 3 does not have it. */
function cell(name: string, expected: number | null, most: number): HTMLElement {
  const mark = h("i", { class: expected === null ? "none" : "" });
  if (expected !== null)
    mark.style.setProperty("--shade", `${(100 * (expected - 1)) / (most - 1)}%`);
  return h("td", {}, mark, name);
}

interface Column {
  readonly head: string;
  readonly cells: readonly HTMLElement[];
  readonly foot: readonly [rho: string, p: string, holm: string];
}

const number = (value: number | null | undefined, digits: number): string =>
  value == null ? NONE : value.toFixed(digits).replace("-", "−");

function paperColumn(
  { paperOrder, paperRanking }: ExperimentComparison,
  which: "expected" | "actual",
): Column {
  const { rho, p } = paperRanking;
  const name = ({ title, rank }: RankedModel) =>
    which === "expected" ? `${title} (${rank.dataset})` : title;
  return {
    head: which === "expected" ? "paper, expected" : "paper, actual",
    cells: paperOrder
      .toSorted((a, b) => a.rank[which] - b.rank[which])
      .map((one) => cell(name(one), one.rank.expected, paperOrder.length)),
    foot: which === "expected" ? ["", "", ""] : [number(rho, 2), number(p, 2), NONE],
  };
}

function ownColumn(comparison: ExperimentComparison, ranking: ModelRanking, at: number): Column {
  const { experiments, paperOrder, selection } = comparison;
  const several = new Set(experiments.map(({ model }) => model)).size < experiments.length;
  return {
    head: NORMALISATION_NAMES[ranking.normalisation],
    cells: ranking.order.map((place) => {
      const { name, model, paper } = experiments[place];
      return cell(
        several ? name : (paper?.title ?? model),
        paper?.rank.expected ?? null,
        paperOrder.length,
      );
    }),
    foot: [
      number(ranking.correlation?.rho, 2),
      number(ranking.correlation?.p, 2),
      number(selection.adjustedP[at], 2),
    ],
  };
}

function csv(comparison: ExperimentComparison): string {
  const { rankings, experiments, selection } = comparison;
  return csvText(
    ["divided_by", "rank", "experiment", "model", "expected_rank", "mean", "rho", "p", "holm_p"],
    rankings.flatMap(({ normalisation, order, correlation }, at) =>
      order.map((place, rank) => {
        const { name, model, paper, distance } = experiments[place];
        return [
          normalisation,
          rank + 1,
          name,
          model,
          paper?.rank.expected ?? null,
          distance[normalisation]?.mean ?? null,
          correlation?.rho ?? null,
          correlation?.p ?? null,
          selection.adjustedP[at] ?? null,
        ];
      }),
    ),
  );
}

const remarkText = ({ title, remark }: ExperimentComparison["paperRemarks"][number]): string =>
  `${title}: ${PAPER_REMARKS[remark]}`;

/** Table 3: the models in the order of their distances, beside the paper's two orders. */
export function rankingPart(comparison: ExperimentComparison): HTMLElement {
  const columns = [
    paperColumn(comparison, "expected"),
    paperColumn(comparison, "actual"),
    ...comparison.rankings.map((ranking, at) => ownColumn(comparison, ranking, at)),
  ];
  const rows = Math.max(...columns.map(({ cells }) => cells.length));
  const feet = ["ρ", "p", "Holm's p"];
  const table = h(
    "table",
    { class: "ranked", "aria-label": "Models by distance, nearest first" },
    h(
      "thead",
      {},
      h(
        "tr",
        {},
        ...["rank", ...columns.map(({ head }) => head)].map((head) =>
          h("th", { scope: "col" }, head),
        ),
      ),
    ),
    h(
      "tbody",
      {},
      ...Array.from({ length: rows }, (_, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, String(i + 1)),
          ...columns.map(({ cells }) => cells[i] ?? h("td")),
        ),
      ),
    ),
    h(
      "tfoot",
      {},
      ...feet.map((name, i) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, name),
          ...columns.map(({ foot }) => h("td", {}, foot[i])),
        ),
      ),
    ),
  );
  return section(
    "ranking",
    "Table 3: models in the order of their distances",
    h("div", { class: "wide" }, table),
    h(
      "p",
      { class: "note" },
      `The shade is a model's place in the order that the paper expects, from ${comparison.paperOrder[0].title} to ${comparison.paperOrder.at(-1)!.title}; hollow: not in Table 3. `,
      `ρ: rank correlation of the ${rankedExperiments(comparison.experiments)} experiments with models of Table 3 with that order.`,
    ),
    h(
      "div",
      { class: "sentences" },
      ...rankingSentences(comparison).map((text) => h("p", {}, text)),
    ),
    h("p", { class: "note" }, comparison.paperRemarks.map(remarkText).join(" ")),
    csvLink("table-3.csv", () => csv(comparison)),
  );
}
