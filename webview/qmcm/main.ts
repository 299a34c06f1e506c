import "./qmcm.css";
import type { QmcmView } from "../../src/protocol/qmcm";
import { h } from "../ui/dom";
import { figure } from "../ui/format";
import { connectPanel } from "../ui/panel-host";
import { distancesFigure, divergenceFigures } from "./figures";

function page({ simulation, sentences }: QmcmView): readonly HTMLElement[] {
  const { mean, std, cv, klDivergence, histogram, ratio, seed, sweep } = simulation;
  const figures: readonly (readonly [string, string])[] = [
    ["mean", figure(mean, 5)],
    ["standard deviation", figure(std)],
    ["c_v", figure(cv)],
    ["KL divergence from normal", figure(klDivergence)],
  ];
  return [
    h(
      "header",
      {},
      h(
        "div",
        { class: "title" },
        h(
          "div",
          { class: "words" },
          h("h1", {}, "Quasi-Monte Carlo method: simulation"),
          h("span", { class: "origin" }, `seed ${seed}`),
        ),
      ),
    ),
    h(
      "main",
      {},
      h(
        "section",
        { class: "part summary" },
        h(
          "dl",
          { class: "large" },
          ...figures.map(([name, value]) => h("div", {}, h("dd", {}, value), h("dt", {}, name))),
        ),
        h("div", { class: "sentences" }, ...sentences.map((sentence) => h("p", {}, sentence))),
      ),
      histogram && distancesFigure(histogram, ratio),
      ...(sweep ? divergenceFigures(sweep) : []),
    ),
  ];
}

const host = connectPanel<{ type: "ready" }, { type: "view"; view: QmcmView }>({ type: "ready" });

function show(view: QmcmView): void {
  document.body.replaceChildren(h("div", { class: "page" }, ...page(view)));
}

const kept = host.saved() as { readonly view?: QmcmView } | null | undefined;
if (kept?.view) show(kept.view);
host.onMessage(({ view }) => {
  host.save({ view });
  show(view);
});
