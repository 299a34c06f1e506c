import type { MapMethod, MapStates } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { arrange, h, section, setText } from "../ui/dom";
import { csvLink } from "../ui/csv-link";
import { Choice } from "../ui/choice";
import type { Context, Part } from "./part";
import { mapsCsv } from "./map-csv";
import { mapStage } from "./map-stage";
import { figureNotes } from "./notes";
import { runLine } from "./run-line";
import { sampleLine } from "./sample-line";
import { mapCaption } from "./sentences";
import { phaseOf } from "./status";
import type { ShownMethod } from "./ui-state";

function whyNoMap(view: ResultsPanelView): string {
  if ((view.results?.maps.length ?? 0) > 0) return "This map was not made.";
  if (view.results?.unlike === true)
    return "No map was made: not all first and last weights have the same tensors.";
  const phase = phaseOf(view);
  return phase === "running" || phase === "paused" || phase === "analysing"
    ? "The map is made once all runs have ended."
    : "No map was made: it needs at least two runs that did not diverge.";
}

const KEYS = "Drag or arrow keys turn · + − zoom · 0 resets";
const METHODS: readonly MapMethod[] = ["metric", "classical"];

/** The 3-D maps of initial and final weights, by both methods side by side, with what they can and cannot tell. */
export function mapPart(context: Context): Part {
  const { ui } = context;
  const stages = METHODS.map((method) =>
    mapStage(method, ui, (camera) => {
      ui.remember({ camera });
      for (const other of stages) if (other.method !== method) other.turn(camera);
    }),
  );
  const states = new Choice<MapStates>(
    "states",
    "States",
    [
      ["joint", "Both"],
      ["initial", "Initial"],
      ["final", "Final"],
    ],
    (value) => {
      ui.set({ states: value });
    },
  );
  const method = new Choice<ShownMethod>(
    "method",
    "Method",
    [
      ["both", "Side by side"],
      ["metric", "Metric"],
      ["classical", "Classical"],
    ],
    (value) => {
      ui.set({ method: value });
    },
  );
  const side = h("div", { class: "stages" });
  const caption = h("div", { class: "caption", id: "map-caption" });
  const legend = h(
    "p",
    { class: "legend" },
    h("span", { class: "initial" }, h("i"), "initial"),
    h("span", { class: "final" }, h("i"), "final"),
    h("span", { class: "keys", id: "map-keys" }, KEYS),
  );
  const missing = h("p", { class: "missing" });
  const notes = figureNotes();
  const sample = sampleLine();
  const chosen = runLine(context);
  let shown: ResultsPanelView | null = null;
  const mapsShown = (view: ResultsPanelView | null) =>
    view?.results?.maps.filter(
      (map) =>
        map.states === ui.state.states &&
        (ui.state.method === "both" || map.method === ui.state.method),
    ) ?? [];
  const download = csvLink("map.csv", () => mapsCsv(mapsShown(shown)));
  const element = section(
    "map",
    "Weight map",
    h("div", { class: "choices" }, states.element, method.element),
    side,
    legend,
    chosen.element,
    missing,
    caption,
    sample.element,
    notes.element,
    download,
  );

  return {
    element,
    update(view) {
      shown = view;
      const maps = mapsShown(view);
      const seen = stages.filter((stage) => maps.some((map) => map.method === stage.method));
      states.show(ui.state.states);
      method.show(ui.state.method);
      element.classList.toggle("without", seen.length === 0);
      side.classList.toggle("both", seen.length > 1);
      arrange(
        side,
        seen.map((stage) => stage.element),
      );
      setText(missing, seen.length === 0 ? whyNoMap(view) : "");
      notes.element.hidden = seen.length === 0;
      sample.element.hidden = seen.length === 0;
      download.hidden = seen.length === 0;
      chosen.update(view);
      if (seen.length === 0) return;
      if (view.results) {
        notes.show(view.results, ["fig-1", "fig-2", "fig-3"]);
        sample.show(view.results, view.results.mapped);
      }
      for (const stage of seen)
        stage.show(
          maps.find((map) => map.method === stage.method)!,
          view,
        );
      const first = maps.find((map) => map.method === seen[0].method)!;
      const sentences = mapCaption(first, view.results);
      if (caption.textContent !== sentences.join(""))
        caption.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
    },
  };
}
