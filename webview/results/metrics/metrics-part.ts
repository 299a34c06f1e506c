import type { MetricResult } from "../../../src/protocol/metrics";
import type { Results } from "../../../src/protocol/results";
import { metricSentences } from "../../../src/words/metric-words";
import { XyChart } from "../../ui/chart/xy-chart";
import { csvLink } from "../../ui/csv-link";
import { arrange, h, section, setAttribute, setText } from "../../ui/dom";
import type { Context, Part } from "../part";
import { metricsCsv, overDistance, overLevels } from "./metric-figures";

const HEIGHT = 210;

/** The user's own numbers, each over the distance, and over the label setting where one is varied. */
export function metricsPart({ ui }: Context): Part {
  const choose = (selected: number): void => {
    ui.set({ selected });
  };
  let current: Results | null = null;
  const figures = new Map<string, ReturnType<typeof metricFigure>>();
  const holder = h("div", { class: "metric-figures" });
  const element = section(
    "metrics",
    "Your metrics and the distance",
    holder,
    csvLink("metrics.csv", () => (current ? metricsCsv(current) : "")),
  );
  return {
    element,
    update({ results }) {
      current = results;
      element.hidden = results === null || results.metrics.length === 0;
      if (results === null) return;
      const shown = results.metrics.map((metric) => {
        const one = figures.get(metric.name) ?? metricFigure(choose);
        figures.set(metric.name, one);
        one.show(results, metric, ui.state.selected);
        return one.element;
      });
      arrange(holder, shown);
    },
  };
}

function metricFigure(choose: (run: number) => void): {
  readonly element: HTMLElement;
  show(results: Results, metric: MetricResult, selected: number | null): void;
} {
  const distance = new XyChart(HEIGHT, choose);
  const levels = new XyChart(HEIGHT, choose);
  const words = h("p", { class: "caption" });
  const charts = h("div", { class: "metric-charts" }, distance.element, levels.element);
  const element = h("figure", {}, charts, words);
  return {
    element,
    show(results, metric, selected) {
      const { name } = metric;
      setAttribute(element, "aria-label", name);
      distance.show(
        overDistance(results, name),
        `${name} of each run over its distance. Enter chooses a run.`,
        selected,
      );
      const over = overLevels(results, name);
      levels.element.hidden = over === null;
      if (over) levels.show(over, `${name} of each run over ${over.xName}.`, selected);
      setText(words, metricSentences(metric).join(" "));
    },
  };
}
