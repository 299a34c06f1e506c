import "./results.css";
import type { ResultsPanelView } from "../../src/protocol/results-panel";
import { h } from "../ui/dom";
import { connectHost } from "../ui/host";
import { emptyPart } from "./empty-part";
import { figuresPart } from "./figures-part";
import { headerPart } from "./header";
import { mapPart } from "./map-part";
import type { Context, Part } from "./part";
import { pathPart } from "./path-part";
import { runsPart } from "./runs-part";
import { spheresPart } from "./spheres-part";
import { tensorsPart } from "./tensors-part";
import { restore, UiStore } from "./ui-state";

function start(): void {
  const host = connectHost();
  const ui = new UiStore(restore(host.saved()), (state) => {
    host.save(state);
  });
  const context: Context = { host, ui };
  const header = headerPart(context);
  const empty = emptyPart();
  const runs = runsPart(context);
  const seeing: readonly Part[] = [mapPart(context)];
  const reading: readonly Part[] = [figuresPart(), tensorsPart(context), pathPart(), spheresPart()];
  const main = h(
    "main",
    {},
    h("div", { class: "seeing" }, empty.element, ...seeing.map((part) => part.element)),
    h("div", { class: "reading" }, ...reading.map((part) => part.element), runs.element),
  );

  let view: ResultsPanelView | null = null;
  const update = (): void => {
    if (view === null) return;
    main.classList.toggle("no-results", view.results === null);
    header.update(view);
    if (view.results === null) empty.update(view);
    else for (const part of [...seeing, ...reading]) part.update(view);
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
