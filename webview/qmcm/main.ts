import "./qmcm.css";
import type { FromQmcm, QmcmView, ToQmcm } from "../../src/protocol/qmcm";
import { h } from "../ui/dom";
import { connectPanel } from "../ui/panel-host";
import { estimateParts } from "./estimate-parts";
import { simulationParts } from "./simulation-parts";

const host = connectPanel<FromQmcm, ToQmcm>({ type: "ready" });

function page(view: QmcmView): readonly HTMLElement[] {
  const [title, origin] =
    view.kind === "simulation"
      ? ["Quasi-Monte Carlo method: simulation", `seed ${view.simulation.seed}`]
      : [`Quasi-Monte Carlo method: ${view.name}`, `Algorithm 2, seed ${view.estimate.seed}`];
  const exportHtml = () => {
    host.post({ type: "action", action: "exportHtml" });
  };
  const actions = h(
    "div",
    { class: "actions" },
    h("button", { type: "button", class: "link", onclick: exportHtml }, "Export HTML"),
  );
  const words = h(
    "div",
    { class: "words" },
    h("h1", {}, title),
    h("span", { class: "origin" }, origin),
  );
  return [
    h("header", {}, h("div", { class: "title" }, words, host.report ? null : actions)),
    h("main", {}, ...(view.kind === "simulation" ? simulationParts(view) : estimateParts(view))),
  ];
}

host.onMessage(({ view }) => {
  host.save({ view });
  document.body.replaceChildren(h("div", { class: "page" }, ...page(view)));
});
