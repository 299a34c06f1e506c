import type { QmcmEstimate, QmcmView } from "../../src/protocol/qmcm";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { count, figure, percent } from "../ui/format";
import { summaryPart } from "./summary-part";

/** What Algorithm 2 gave: the estimate, the samples before and after, and what was taken out. */
export function estimateParts({
  estimate,
  sentences,
}: Extract<QmcmView, { kind: "estimate" }>): readonly HTMLElement[] {
  const { trimmed } = estimate;
  const summary = summaryPart(
    [
      ["estimate: mean distance", figure(trimmed.mean, 5)],
      ["standard deviation", figure(trimmed.std)],
      ["c_v", percent(trimmed.cvPercent)],
      ["runs", count(trimmed.count)],
    ],
    sentences,
  );
  return [summary, samplesPart(estimate), ...removalsPart(estimate)];
}

function samplesPart({ plain, trimmed }: QmcmEstimate): HTMLElement {
  const row = (name: string, of: QmcmEstimate["plain"]) => [
    name,
    count(of.count),
    figure(of.mean, 5),
    figure(of.std),
    percent(of.cvPercent),
  ];
  return section(
    "samples",
    "Distance to the nearest final state",
    table(
      ["sample", "runs", "mean", "standard deviation", "c_v"],
      [row("first drawn", plain), row("after Algorithm 2", trimmed)],
    ),
  );
}

/** Nothing where none was taken out. */
function removalsPart({ removals }: QmcmEstimate): readonly HTMLElement[] {
  if (removals.length === 0) return [];
  const heads = ["run", "distance", "c_v of the sample with it"];
  const rows = removals.map(({ run, distance, cv }) => [
    String(run),
    figure(distance, 5),
    percent(100 * cv),
  ]);
  const data = () =>
    csvText(
      ["run", "distance", "cv"],
      removals.map(({ run, distance, cv }) => [run, distance, cv]),
    );
  return [
    section("removals", "Taken out, in order", table(heads, rows), csvLink("removals.csv", data)),
  ];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): HTMLElement {
  return h(
    "div",
    { class: "wide" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
      h(
        "tbody",
        {},
        ...rows.map(([first, ...rest]) =>
          h("tr", {}, h("th", { scope: "row" }, first), ...rest.map((value) => h("td", {}, value))),
        ),
      ),
    ),
  );
}
