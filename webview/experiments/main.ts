import "./experiments.css";
import type {
  ExperimentComparisonView,
  FromExperimentComparison,
  ToExperimentComparison,
} from "../../src/protocol/experiment-comparison";
import { h } from "../ui/dom";
import { plural } from "../ui/format";
import { connectPanel } from "../ui/panel-host";
import { differencesPart } from "./differences-part";
import { distancesPart } from "./distances-part";
import { rankingPart } from "./ranking-part";

const host = connectPanel<FromExperimentComparison, ToExperimentComparison>({ type: "ready" });

function page({ comparison }: ExperimentComparisonView): readonly (HTMLElement | null)[] {
  const words = h(
    "div",
    { class: "words" },
    h("h1", {}, `Comparison of ${plural(comparison.experiments.length, "experiment")}`),
    h(
      "span",
      { class: "origin" },
      [...new Set(comparison.experiments.map(({ model }) => model))].join(", "),
    ),
  );
  const exportHtml = () => {
    host.post({ type: "action", action: "exportHtml" });
  };
  const actions = h(
    "div",
    { class: "actions" },
    h("button", { type: "button", class: "link", onclick: exportHtml }, "Export HTML"),
  );
  return [
    h("header", {}, h("div", { class: "title" }, words, host.report ? null : actions)),
    h(
      "main",
      {},
      distancesPart(comparison),
      comparison.rankings.length > 0 ? rankingPart(comparison) : null,
      differencesPart(comparison),
    ),
  ];
}

host.onMessage(({ view }) => {
  if (view.experiments !== null) host.save({ experiments: view.experiments });
  document.body.replaceChildren(...page(view).filter((part) => part !== null));
});
