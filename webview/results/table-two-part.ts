import type { Results } from "../../src/protocol/results";
import { PAPER_REMARKS } from "../../src/words/paper-words";
import { countedText, seedsText } from "../../src/words/sample-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section, type Child } from "../ui/dom";
import { figureNotes } from "./notes";
import type { Part } from "./part";
import { plainRow, plainTable } from "./table";
import { tableTwoCells, tableTwoRows } from "./table-two-rows";

/** Table 2 with intervals, both readings of what counts as a weight, and the paper's row. */
export function tableTwoPart(): Part {
  let current: Results | null = null;
  const heads: readonly Child[] = [
    "distance of",
    h("abbr", { title: "Runs" }, "N"),
    "mean",
    h("abbr", { title: "Of the mean, by Student's t" }, "95 % interval"),
    "std",
    h(
      "abbr",
      { title: "Coefficient of variation: 100 · std / mean" },
      "c",
      h("sub", {}, "v"),
      " %",
    ),
  ];
  const { element: table, body } = plainTable(
    "Table 2: distance between initial and final weights",
    heads,
  );
  const remarks = h("p", { class: "note" });
  const notes = figureNotes();
  const element = section(
    "table-two",
    "Table 2: initial to final weights",
    h("div", { class: "wide" }, table),
    remarks,
    notes.element,
    csvLink("table-2.csv", () =>
      csvText(
        ["distance_of", "runs", "mean", "low_95", "high_95", "std", "cv_percent"],
        (current ? tableTwoRows(current) : []).map(({ name, statistics: of }) => [
          name,
          of.count,
          of.mean,
          of.interval?.low ?? null,
          of.interval?.high ?? null,
          of.std,
          of.cvPercent,
        ]),
      ),
    ),
  );
  let shown = "";
  return {
    element,
    update({ results }) {
      element.hidden = results?.statistics == null;
      if (!results?.statistics) return;
      current = results;
      notes.show(results, ["table-2"]);
      const rows = tableTwoRows(results);
      const now = JSON.stringify([rows, results.parameters]);
      if (now === shown) return;
      shown = now;
      body.replaceChildren(
        ...rows.map((row) => {
          const line = plainRow(row.name, tableTwoCells(row));
          line.classList.toggle("of-paper", row.paper);
          return line;
        }),
      );
      remarks.textContent = [
        countedText(results),
        seedsText(results.runResults),
        ...(results.paper?.remarks ?? []).map((remark) => PAPER_REMARKS[remark]),
      ]
        .filter((text) => text !== "")
        .join(" ");
    },
  };
}
