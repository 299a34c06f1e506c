import "./results.css";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { h } from "../ui/dom";
import { connectHost } from "../ui/host";
import { Store } from "../ui/store";
import { convergencePart } from "./convergence-part";
import { displacementsPart } from "./displacements-part";
import { emptyPart } from "./empty-part";
import { figuresPart } from "./figures-part";
import { floorPart } from "./floor-part";
import { headerPart } from "./header";
import { hasLevelFigure, levelsPart } from "./levels/levels-part";
import { mapPart } from "./map-part";
import { metricsPart } from "./metrics/metrics-part";
import { nearestPart } from "./nearest-part";
import type { Context, Part } from "./part";
import { pathPart } from "./path-part";
import { runsPart } from "./runs-part";
import { settingsPart } from "./settings-part";
import { spheresPart } from "./spheres-part";
import { tableTwoPart } from "./table-two-part";
import { tensorsPart } from "./tensors-part";
import { trainingPart } from "./training/training-part";
import { restore } from "./ui-state";

function start(): void {
  const host = connectHost();
  const ui = new Store(restore(host.saved()), (state) => {
    host.save(state);
  });
  const context: Context = { host, ui };
  const header = headerPart(context);
  const empty = emptyPart();
  const runs = runsPart(context);
  const seeing: readonly Part[] = [mapPart(context)];
  const levels = levelsPart(context);
  const reading: readonly Part[] = [
    figuresPart(),
    tableTwoPart(),
    floorPart(),
    tensorsPart(context),
    pathPart(),
    spheresPart(),
    nearestPart(),
    displacementsPart(context),
    convergencePart(context),
    settingsPart(),
  ];
  const left = h("div", { class: "seeing" }, empty.element, ...seeing.map((part) => part.element));
  const right = h("div", { class: "reading" }, ...reading.map((part) => part.element));
  const wide: readonly Part[] = [trainingPart(), metricsPart(context)];
  const across = h("div", { class: "across" }, ...wide.map((part) => part.element));
  const main = h("main", {}, levels.element, left, right, across);

  /**
   * The runs stand below the other figures; until there is a map to see, they take its place. The user's own numbers
   * follow the levels where there are some, else they come last.
   */
  const place = ({ results }: ResultsPanelView): void => {
    const home = results !== null && results.maps.length > 0 ? right : left;
    if (runs.element.parentElement !== home) home.append(runs.element);
    const before = hasLevelFigure(results) ? left : null;
    if (across.nextElementSibling !== before) main.insertBefore(across, before);
    main.classList.toggle("no-results", results === null);
    main.classList.toggle("no-map", home === left);
    main.classList.toggle("with-levels", hasLevelFigure(results));
  };

  // The header stays while the page scrolls; what sticks below it must know how tall it is.
  new ResizeObserver(() => {
    const sticks = getComputedStyle(header.element).position === "sticky";
    const height = sticks ? header.element.offsetHeight : 0;
    document.documentElement.style.setProperty("--header", `${height}px`);
  }).observe(header.element);

  let view: ResultsPanelView | null = null;
  const update = (): void => {
    if (view === null) return;
    place(view);
    header.update(view);
    if (view.results === null) empty.update(view);
    else for (const part of [levels, ...seeing, ...reading, ...wide]) part.update(view);
    runs.update(view);
  };
  ui.onChange(update);
  host.onView((next) => {
    view = next;
    if (!main.isConnected) document.body.append(header.element, main);
    update();
    performance.mark("weight-odometer:shown");
  });
}

start();
