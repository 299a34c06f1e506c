import type { MapMethod, WeightMap } from "../../src/protocol/results";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { cloudOf, type Cloud } from "../map/cloud";
import { MapView } from "../map/map-view";
import type { Camera } from "../map/orbit";
import type { MapScene } from "../map/scene";
import { h, setAttribute, setText } from "../ui/dom";
import { count, figure, plural, share } from "../ui/format";
import type { Store } from "../ui/store";
import { mapFigures } from "./sentences";
import { startsOf } from "./starts";
import type { UiState } from "./ui-state";

const TITLES: Readonly<Record<MapMethod, string>> = {
  metric: "Metric (SMACOF)",
  classical: "Classical (Algorithm 1)",
};

/** A map with the same figures and ends is the same map: live snapshots repeat it many times. */
function identity({ method, states, points, stress, eigenvalues }: WeightMap): string {
  const last = points.at(-1)?.position.join();
  return [method, states, points.length, stress, eigenvalues[0], last].join("|");
}

/** One method's map with its figures; two of them stand side by side and turn together. */
export interface MapStage {
  readonly method: MapMethod;
  readonly element: HTMLElement;
  show(map: WeightMap, view: ResultsPanelView): void;
  /** Takes the other stage's camera over. */
  turn(camera: Camera): void;
}

/** @param turned is told each camera that a reader turned this stage to */
export function mapStage(
  method: MapMethod,
  ui: Store<UiState>,
  turned: (camera: Camera) => void,
): MapStage {
  const stage = new MapView(
    "map-keys map-caption",
    (selected) => {
      ui.set({ selected });
    },
    turned,
  );
  const figures = h("span", { class: "figures-line" });
  const title = h("p", { class: "stage-title" }, h("b", {}, TITLES[method]), figures);
  let shown = "";
  let cloud: Cloud | null = null;
  let scene: MapScene | null = null;

  return {
    method,
    element: h("div", { class: "map-stage" }, title, stage.element),
    show(map, { results }) {
      const now = identity(map);
      if (now !== shown || cloud === null)
        cloud = cloudOf(map, startsOf(results?.runResults ?? []));
      shown = now;
      setText(figures, `${mapFigures(map)} · mean radius ${figure(cloud.meanRadius)}`);
      setAttribute(
        stage.element,
        "aria-label",
        `Map of ${plural(map.points.length, "weight state")}, ${method}, ${map.states}`,
      );
      const runs = new Map(results?.runResults.map((result) => [result.run, result]));
      scene = {
        cloud,
        camera: ui.state.camera,
        selected: ui.state.selected,
        describe: (run, state) => {
          const result = runs.get(run);
          const words = [`run ${count(run)} · ${state}`];
          if (result !== undefined) words.push(`moved ${figure(result.distance)}`);
          if (result?.testAccuracy != null) words.push(`accuracy ${share(result.testAccuracy)}`);
          return words;
        },
      };
      stage.show(scene);
    },
    turn(camera) {
      if (scene === null) return;
      scene = { ...scene, camera };
      stage.show(scene);
    },
  };
}
