import type { Results, RunPlace } from "../../../src/protocol/results";
import { levelName, STOP_NAMES } from "../../../src/words/level-words";
import { trendMeaning, trendTest } from "../../../src/words/trend-words";
import { XyChart } from "../../ui/chart/xy-chart";
import { csvLink } from "../../ui/csv-link";
import { h, setText } from "../../ui/dom";
import { count } from "../../ui/format";
import { curvesCsv, interceptsCsv } from "./level-csv";
import { curvesData, interceptData, levelsOf, shadeOf } from "./level-figures";

const NO_CURVES =
  "There are no curves, since the runs kept no checkpoints along the way: set “checkpointEvery”: “auto” under “train” in the experiment file and run it again.";

/** The figures of one way to stop: curves, intercepts, and what the trend test says. */
export function stopColumn(
  stop: RunPlace["stop"],
  choose: (run: number) => void,
): {
  readonly element: HTMLElement;
  show(results: Results, selected: number | null): void;
} {
  let current: Results | null = null;
  const curves = new XyChart(270, choose);
  const intercepts = new XyChart(270, choose);
  const legend = h("p", { class: "curve-legend" });
  const noCurves = h("p", { class: "missing-curves" }, NO_CURVES);
  const curvesLink = csvLink(`curves-${stop}.csv`, () =>
    current ? curvesCsv(levelsOf(current, stop)) : "",
  );
  const test = h("p", { class: "state" });
  const meaning = h("p", { class: "meaning" });
  const element = h(
    "div",
    { class: "stop" },
    h("h3", {}, STOP_NAMES[stop]),
    h("figure", {}, curves.element, noCurves, legend, curvesLink),
    h(
      "figure",
      {},
      intercepts.element,
      h(
        "p",
        { class: "curve-legend" },
        h("span", { class: "curve-key dots" }, h("i"), "a run"),
        h("span", { class: "curve-key means" }, h("i"), "mean ± standard deviation"),
      ),
      csvLink(`intercepts-${stop}.csv`, () => (current ? interceptsCsv(current, stop) : "")),
    ),
    h("div", { class: "sentences" }, meaning, test),
  );
  return {
    element,
    show(results, selected) {
      current = results;
      const levels = levelsOf(results, stop);
      const data = curvesData(levels);
      const has = data.series.length > 0;
      curves.element.hidden = !has;
      legend.hidden = !has;
      curvesLink.hidden = !has;
      noCurves.hidden = has;
      const over = `over ${count(levels.length)} levels. The table below has the same figures.`;
      curves.show(
        data,
        `Curves of the distance to the final weights while training, mean and deviation of repeats, ${over}`,
        selected,
      );
      legend.replaceChildren(
        ...levels.map(({ level }, index) => {
          const key = h("span", { class: "curve-key shaded" }, h("i"), levelName(level));
          key.style.setProperty("--shade", `${100 * shadeOf(index, levels.length)}%`);
          return key;
        }),
      );
      intercepts.show(
        interceptData(results, stop),
        `Distance from initial to final weights of each run, ${over} Enter chooses a run.`,
        selected,
      );
      const trend = results.trends.find((one) => one.stop === stop);
      setText(meaning, trend ? trendMeaning(trend, results.runResults) : "");
      setText(test, trend ? trendTest(trend) : "");
    },
  };
}
