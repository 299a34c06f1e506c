import type { MapMethod, MapStates, WeightMap } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { cloudOf, type Cloud } from "../map/cloud";
import { MapView } from "../map/map-view";
import { h, section, setAttribute, setText } from "../ui/dom";
import { count, figure, plural, share } from "../ui/format";
import { csvLink } from "../ui/csv-link";
import { Choice } from "../ui/choice";
import type { Context, Part } from "./part";
import { mapCsv } from "./map-csv";
import { figureNotes } from "./notes";
import { mapCaption, mapFigures } from "./sentences";
import { startsOf } from "./starts";
import { phaseOf } from "./status";

/** A map with the same figures and ends is the same map: live snapshots repeat it many times. */
function identity({ method, states, points, stress, eigenvalues }: WeightMap): string {
  const last = points.at(-1)?.position.join();
  return [method, states, points.length, stress, eigenvalues[0], last].join("|");
}

function whyNoMap(view: ResultsPanelView): string {
  if ((view.results?.maps.length ?? 0) > 0) return "This map was not made.";
  const phase = phaseOf(view);
  return phase === "running" || phase === "paused" || phase === "analysing"
    ? "The map is made once all runs have ended."
    : "No map was made: it needs at least two runs that did not diverge.";
}

const KEYS = "Drag or arrow keys turn · + − zoom · 0 resets";

/** The 3-D map of initial and final weights, with what it can and cannot tell. */
export function mapPart({ ui }: Context): Part {
  const map = new MapView(
    (selected) => {
      ui.set({ selected });
    },
    (camera) => {
      ui.remember({ camera });
    },
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
  const method = new Choice<MapMethod>(
    "method",
    "Method",
    [
      ["metric", "Metric"],
      ["classical", "Classical"],
    ],
    (value) => {
      ui.set({ method: value });
    },
  );
  const figures = h("p", { class: "figures-line" });
  const caption = h("div", { class: "caption", id: "map-caption" });
  const radius = h("span");
  const legend = h(
    "p",
    { class: "legend" },
    h("span", { class: "initial" }, h("i"), "initial"),
    h("span", { class: "final" }, h("i"), "final"),
    radius,
    h("span", { class: "keys", id: "map-keys" }, KEYS),
  );
  const missing = h("p", { class: "missing" });
  const notes = figureNotes();
  let current: WeightMap | null = null;
  const download = csvLink("map.csv", () => (current ? mapCsv(current) : ""));
  const element = section(
    "map",
    "Weight map",
    h("div", { class: "choices" }, states.element, method.element),
    figures,
    map.element,
    legend,
    missing,
    caption,
    notes.element,
    download,
  );

  let shown = "";
  let cloud: Cloud | null = null;

  const draw = (view: ResultsPanelView, chosen: WeightMap): void => {
    const now = identity(chosen);
    if (now !== shown || cloud === null)
      cloud = cloudOf(chosen, startsOf(view.results?.runResults ?? []));
    shown = now;
    current = chosen;
    if (view.results) notes.show(view.results, ["fig-1", "fig-2", "fig-3"]);
    setText(figures, mapFigures(chosen));
    setText(radius, `sphere of mean radius ${figure(cloud.meanRadius)}`);
    const sentences = mapCaption(chosen, view.results?.sphere ?? null);
    if (caption.textContent !== sentences.join(""))
      caption.replaceChildren(...sentences.map((sentence) => h("p", {}, sentence)));
    setAttribute(
      map.element,
      "aria-label",
      `Map of ${plural(chosen.points.length, "weight state")}, ${chosen.method}, ${chosen.states}`,
    );
    const results = new Map(view.results?.runResults.map((result) => [result.run, result]));
    map.show({
      cloud,
      camera: ui.state.camera,
      selected: ui.state.selected,
      describe: (run, state) => {
        const result = results.get(run);
        const words = [`run ${count(run)} · ${state}`];
        if (result !== undefined) words.push(`moved ${figure(result.distance)}`);
        if (result?.testAccuracy != null) words.push(`accuracy ${share(result.testAccuracy)}`);
        return words;
      },
    });
  };

  return {
    element,
    update(view) {
      const chosen = view.results?.maps.find(
        (one) => one.states === ui.state.states && one.method === ui.state.method,
      );
      states.show(ui.state.states);
      method.show(ui.state.method);
      element.classList.toggle("without", chosen === undefined);
      setText(missing, chosen === undefined ? whyNoMap(view) : "");
      notes.element.hidden = chosen === undefined;
      download.hidden = chosen === undefined;
      if (chosen !== undefined) draw(view, chosen);
    },
  };
}
