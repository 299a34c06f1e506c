import "./trajectory.css";
import type {
  FromTrajectoryPanel,
  ToTrajectoryPanel,
  TrajectoryView,
} from "../../src/protocol/trajectory-panel";
import { pngOf } from "../ui/chart/picture";
import { arrange, h } from "../ui/dom";
import { failurePage } from "../ui/failure-page";
import { connectPanel } from "../ui/panel-host";
import { Store } from "../ui/store";
import { curvesPart } from "./curves-part";
import { emptyPart } from "./empty-part";
import { headerPart } from "./header-part";
import type { Context, MeasuredView, Part } from "./part";
import { pathPart } from "./path-part";
import { pointsPart } from "./points-part";
import { tensorsPart } from "./tensors-part";
import { restore } from "./ui-state";

const isMeasured = (view: TrajectoryView): view is MeasuredView => view.trajectory !== null;

function start(): void {
  const host = connectPanel<FromTrajectoryPanel, ToTrajectoryPanel>({ type: "ready" });
  const ui = new Store(restore(host.saved()), (state) => {
    host.save(state);
  });
  const context: Context = { host, ui };
  const parts: readonly Part[] = [
    curvesPart(context),
    pathPart(context),
    pointsPart(context),
    tensorsPart(context),
  ];
  let view: TrajectoryView | null = null;
  const exportPng = async (): Promise<void> => {
    const pictures = parts.map((part) => part.picture?.() ?? null).filter((one) => one !== null);
    host.post({ type: "exportPng", png: await pngOf(view?.name ?? "", pictures) });
  };
  const header = headerPart(context, () => void exportPng());
  const empty = emptyPart();
  const failure = failurePage("This trajectory cannot be measured", () => {
    host.post({ type: "action", action: "again" });
  });
  const main = h("main", {}, ...parts.map(({ element }) => element));
  const page = h("div", { class: "page" });

  const update = (): void => {
    if (view === null) return;
    header.update(view);
    if (view.failure) {
      failure.show(view.failure);
      arrange(page, [header.element, failure.element]);
    } else if (isMeasured(view)) {
      // In the document first: what draws must know how wide it is.
      arrange(page, [header.element, main]);
      for (const part of parts) part.update(view);
    } else if (view.found) {
      empty.update(view);
      arrange(page, [header.element, empty.element]);
    } else arrange(page, [header.element]);
  };
  ui.onChange(update);
  host.onMessage((message) => {
    if (message.type === "progress") {
      header.progress(message.share);
      return;
    }
    ({ view } = message);
    // By these VS Code restores the panel after a reload of its window.
    host.save({ uris: view.uris, all: view.all });
    if (!page.isConnected) document.body.append(page);
    update();
    performance.mark("weight-odometer:shown");
  });
}

start();
