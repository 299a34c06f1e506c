import type { Results } from "../../src/protocol/results";
import { settingLines } from "../../src/words/settings-words";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { NONE } from "../ui/format";
import type { Part } from "./part";
import { plainRow, plainTable } from "./table";

/** Table 1: how the runs were trained, beside the paper's column for the same model. */
export function settingsPart(): Part {
  let current: Results | null = null;
  const holder = h("div", { class: "wide" });
  let shown = "";
  return {
    element: section(
      "settings",
      "Table 1: training configuration",
      holder,
      csvLink("table-1.csv", () =>
        csvText(["setting", "here", "paper"], current ? settingLines(current) : []),
      ),
    ),
    update({ results }) {
      if (!results) return;
      current = results;
      const lines = settingLines(results);
      const now = JSON.stringify(lines);
      if (now === shown) return;
      shown = now;
      const paper = results.paper !== null;
      const heads = ["setting", "here", ...(paper ? ["in the paper"] : [])];
      const { element, body } = plainTable("Table 1: training configuration", heads);
      body.append(
        ...lines.map(([name, ours, theirs]) =>
          plainRow(name, [ours, ...(paper ? [theirs ?? NONE] : [])]),
        ),
      );
      holder.replaceChildren(element);
    },
  };
}
