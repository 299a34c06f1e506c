import { XyChart } from "../../ui/chart/xy-chart";
import { csvLink } from "../../ui/csv-link";
import { arrange, h, section, setText } from "../../ui/dom";
import type { Part } from "../part";
import {
  trainingCsv,
  trainingData,
  trainingFigures,
  trainingWords,
  type TrainingFigure,
} from "./training-figures";

const HEIGHT = 200;

/** Distance and the user's own numbers over the training, each a curve for each level, with one legend for all. */
export function trainingPart(): Part {
  let current: readonly TrainingFigure[] = [];
  let shown = "";
  const charts = new Map<string, XyChart>();
  const holder = h("div", { class: "training-figures" });
  const legend = h("p", { class: "curve-legend" });
  const words = h("p", { class: "caption" });
  const element = section(
    "training",
    "Over the training",
    holder,
    legend,
    words,
    csvLink("training.csv", () => trainingCsv(current)),
  );
  const chartOf = (name: string): XyChart => {
    const chart = charts.get(name) ?? new XyChart(HEIGHT, () => undefined);
    charts.set(name, chart);
    return chart;
  };
  return {
    element,
    update({ results }) {
      current = results === null ? [] : trainingFigures(results);
      element.hidden = current.length === 0;
      const now = JSON.stringify(current);
      if (element.hidden || now === shown) return;
      shown = now;
      for (const figure of current)
        chartOf(figure.name).show(
          trainingData(figure),
          `${figure.name} over the training, mean and deviation over runs.`,
          null,
        );
      arrange(
        holder,
        current.map(({ name }) => chartOf(name).element),
      );
      legend.replaceChildren(...levelKeys(current));
      setText(words, trainingWords(current));
    },
  };
}

function levelKeys(figures: readonly TrainingFigure[]): readonly HTMLElement[] {
  const shades = new Map<string, number>();
  for (const { curves } of figures)
    for (const { level, shade } of curves) if (shade !== null) shades.set(level, shade);
  return [...shades].map(([level, shade]) => {
    const key = h("span", { class: "curve-key shaded" }, h("i"), level);
    key.style.setProperty("--shade", `${100 * shade}%`);
    return key;
  });
}
