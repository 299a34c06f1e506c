import "./comparison.css";
import type {
  ComparisonView,
  FromComparisonPanel,
  ToComparisonPanel,
} from "../../src/protocol/comparison-panel";
import { pngOf } from "../ui/chart/picture";
import { arrange, h } from "../ui/dom";
import { failurePage } from "../ui/failure-page";
import { connectPanel } from "../ui/panel-host";
import { Store } from "../ui/store";
import { figuresPart } from "./figures-part";
import { headerPart } from "./header-part";
import { heatmapPart } from "./heatmap-part";
import { histogramPart } from "./histogram-part";
import { matchingPart } from "./matching-part";
import type { ComparedView, Context, Part } from "./part";
import { spectraPart } from "./spectra-part";
import { tablePart } from "./table-part";
import { restore } from "./ui-state";

const isCompared = (view: ComparisonView): view is ComparedView => view.comparison !== null;

function start(): void {
  const host = connectPanel<FromComparisonPanel, ToComparisonPanel>({ type: "ready" });
  const ui = new Store(restore(host.saved()), (state) => {
    host.save(state);
  });
  const context: Context = { host, ui };
  const parts: readonly Part[] = [
    figuresPart(),
    matchingPart(context),
    heatmapPart(context),
    histogramPart(context),
    spectraPart(context),
    tablePart(context),
  ];
  let view: ComparisonView | null = null;

  const exportPng = async (): Promise<void> => {
    const pictures = parts.map((part) => part.picture?.() ?? null).filter((one) => one !== null);
    const title = view === null ? "" : `${view.a.name} → ${view.b.name}`;
    host.post({ type: "exportPng", png: await pngOf(title, pictures) });
  };
  const header = headerPart(context, () => void exportPng());
  const failure = failurePage("These checkpoints cannot be compared", () => {
    host.post({ type: "action", action: "again" });
  });
  const main = h("main", {}, ...parts.map(({ element }) => element));
  const page = h("div", { class: "page" });

  const update = (): void => {
    if (view === null) return;
    header.update(view);
    const shown: HTMLElement[] = [header.element];
    if (view.failure) {
      failure.show(view.failure);
      shown.push(failure.element);
    } else if (isCompared(view)) {
      shown.push(main);
      // In the document first: what draws must know how wide it is.
      arrange(page, shown);
      for (const part of parts) part.update(view);
    }
    arrange(page, shown);
  };
  ui.onChange(update);
  host.onMessage((message) => {
    if (message.type === "progress") {
      header.progress(message.share);
      return;
    }
    ({ view } = message);
    // By these VS Code restores the panel after a reload of its window.
    host.save({ a: view.a.uri, b: view.b.uri, all: view.all });
    if (!page.isConnected) document.body.append(page);
    update();
    performance.mark("weight-odometer:shown");
  });
}

start();
