import type { Results, RunPlace } from "../../../src/protocol/results";
import type { ResultsPanelView } from "../../../src/protocol/results-panel";
import { stopsTogether } from "../../../src/words/trend-words";
import { csvLink } from "../../ui/csv-link";
import { arrange, h, section, setText } from "../../ui/dom";
import { figureNotes } from "../notes";
import type { Context, Part } from "../part";
import { runLine } from "../run-line";
import { sampleLine } from "../sample-line";
import { levelsCsv } from "./level-csv";
import { levelTable } from "./level-table";
import { stopColumn } from "./stop-column";

const TITLES = {
  labelFraction: ["fig-6", "Fig. 6: distance over the share of label kinds"],
  labelCorruption: ["fig-7", "Fig. 7: distance over label corruption"],
} as const;

/** Whether an experiment's levels change what is learnt, so that its runs are compared over them. */
export function hasLevelFigure(
  results: Results | null,
): results is Results & { readonly varied: keyof typeof TITLES } {
  return (
    results !== null &&
    results.levels.length > 0 &&
    results.varied !== null &&
    results.varied in TITLES
  );
}

/** Figs. 6 and 7: curves and intercepts by level, the trend tested, warnings, and the levels in figures. */
export function levelsPart(context: Context): Part {
  const choose = (selected: number): void => {
    context.ui.set({ selected });
  };
  let current: Results | null = null;
  const columns = new Map<RunPlace["stop"], ReturnType<typeof stopColumn>>();
  const stops = h("div", { class: "stops" });
  const together = h("p", { class: "sentences meaning" });
  const notes = figureNotes();
  const sample = sampleLine();
  const chosen = runLine(context);
  const table = h("div");
  const element = section(
    "levels",
    "",
    stops,
    chosen.element,
    together,
    notes.element,
    sample.element,
    table,
    csvLink("levels.csv", () => levelsCsv(current?.levels ?? [])),
  );
  const title = element.querySelector("h2")!;
  let shown = "";

  const column = (stop: RunPlace["stop"]) => {
    const made = columns.get(stop) ?? stopColumn(stop, choose);
    columns.set(stop, made);
    return made;
  };
  return {
    element,
    update(view: ResultsPanelView) {
      const { results } = view;
      element.hidden = !hasLevelFigure(results);
      chosen.update(view);
      if (!hasLevelFigure(results)) return;
      current = results;
      const [fig, words] = TITLES[results.varied];
      setText(title, words);
      const order = [...new Set(results.levels.map(({ stop }) => stop))];
      arrange(
        stops,
        order.map((stop) => column(stop).element),
      );
      stops.classList.toggle("both", order.length > 1);
      for (const stop of order) column(stop).show(results, context.ui.state.selected);
      setText(together, stopsTogether(results.trends));
      together.hidden = together.textContent === "";
      notes.show(results, [fig]);
      sample.show(results);
      const now = JSON.stringify(results.levels);
      if (now === shown) return;
      shown = now;
      table.replaceChildren(levelTable(results));
    },
  };
}
