import type { ExperimentComparison } from "../../src/protocol/experiment-comparison";
import { differencesText } from "../../src/words/experiment-comparison-words";
import { h, section } from "../ui/dom";

/** The settings in which experiments differ: where there are several, no difference in distance has a single cause. */
export function differencesPart(comparison: ExperimentComparison): HTMLElement {
  const { differences, comparable, experiments } = comparison;
  const heads = ["setting", ...experiments.map(({ name }) => name)];
  const table = h(
    "table",
    { class: "settings" },
    h("thead", {}, h("tr", {}, ...heads.map((head) => h("th", { scope: "col" }, head)))),
    h(
      "tbody",
      {},
      ...differences.map(({ setting, values }) =>
        h(
          "tr",
          {},
          h("th", { scope: "row" }, setting),
          ...values.map((value) =>
            h("td", {}, value === null ? "–" : JSON.stringify(value).replace(/^"|"$/g, "")),
          ),
        ),
      ),
    ),
  );
  return section(
    "differences",
    "Settings that differ",
    h("p", { class: comparable ? "" : "warning" }, differencesText(comparison)),
    differences.length === 0 ? null : h("div", { class: "wide" }, table),
  );
}
