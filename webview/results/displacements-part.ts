import type { Displacements } from "../../src/protocol/states";
import { displacementsText } from "../../src/words/state-words";
import { cloudOf } from "../map/cloud";
import { MapView } from "../map/map-view";
import { START_CAMERA, type Camera } from "../map/orbit";
import { BarChart } from "../ui/chart/bar-chart";
import { binStart } from "../ui/chart/bar-data";
import { csvText } from "../ui/csv";
import { csvLink } from "../ui/csv-link";
import { h, section, setText } from "../ui/dom";
import { count, figure, plural } from "../ui/format";
import { mapsCsv } from "./map-csv";
import type { Context, Part } from "./part";
import { sampleLine } from "./sample-line";
import { mapFigures } from "./sentences";

function cosinesCsv({ histogram }: Displacements): string {
  return csvText(
    ["from", "to", "pairs"],
    histogram.counts.map((pairs, bin) => [
      binStart(histogram, bin),
      binStart(histogram, bin + 1),
      pairs,
    ]),
  );
}

/** Where runs went from their starts: a map of w_T - w_0, and the cosines between each two of them. */
export function displacementsPart({ ui }: Context): Part {
  let camera: Camera = START_CAMERA;
  let current: Displacements | null = null;
  const stage = new MapView(
    "map-keys displacements-words",
    (selected) => {
      ui.set({ selected });
    },
    (turned) => {
      camera = turned;
    },
  );
  const figures = h("p", { class: "figures-line" });
  const chart = new BarChart(190);
  const words = h("p", { class: "sentences", id: "displacements-words" });
  const sample = sampleLine();
  const element = section(
    "displacements",
    "Displacements: where runs went",
    figures,
    h("div", { class: "stages both" }, stage.element, chart.element),
    words,
    sample.element,
    csvLink("displacements.csv", () => mapsCsv(current?.maps ?? [])),
    csvLink("cosines.csv", () => (current ? cosinesCsv(current) : "")),
  );
  let cloud: ReturnType<typeof cloudOf> | null = null;
  return {
    element,
    update({ results }) {
      const displacements = results?.displacements ?? null;
      const map = displacements?.maps.find(({ method }) => method === "metric");
      element.hidden = !map;
      if (!results || !displacements || !map) return;
      if (displacements !== current || cloud === null) {
        current = displacements;
        sample.show(results, results.mapped);
        const points = map.points.map((point) => ({ ...point, state: "final" as const }));
        cloud = cloudOf({ ...map, points });
        stage.element.setAttribute(
          "aria-label",
          `Map of ${plural(points.length, "displacement")}, metric`,
        );
        setText(figures, `Metric map of w_T − w_0 · ${mapFigures(map)}`);
        setText(words, displacementsText(displacements));
        chart.show(
          {
            ...displacements.histogram,
            expected: [],
            axis: "cosine between the displacements of two runs",
            words: (bin) => [plural(displacements.histogram.counts[bin], "pair")],
          },
          `Histogram of the cosines between displacements. ${words.textContent}`,
        );
      }
      const moved = new Map(results.runResults.map(({ run, distance }) => [run, distance]));
      stage.show({
        cloud,
        camera,
        selected: ui.state.selected,
        describe: (run) => [`run ${count(run)}`, `moved ${figure(moved.get(run) ?? null)}`],
      });
    },
  };
}
