import type { DistanceHistogram, QmcmSweep, SweepLevel } from "../../src/protocol/qmcm";
import { BarChart } from "../ui/chart/bar-chart";
import { LineChart } from "../ui/chart/line-chart";
import { csvLink } from "../ui/csv-link";
import { h, section } from "../ui/dom";
import { count, figure } from "../ui/format";
import { DIVERGENCE_CURVES, divergenceCsv, divergenceLines, histogramCsv } from "./figure-data";

/** Fig. 4: the distances' histogram against the normal distribution. */
export function distancesFigure(histogram: DistanceHistogram, ratio: number): HTMLElement {
  const label = `Histogram of the shortest distances at r = ${Number((100 * ratio).toPrecision(4))} % and the normal distribution fitted to them, as in Fig. 4.`;
  const chart = new BarChart(260);
  const words = (bin: number): readonly string[] => [
    `${count(histogram.counts[bin])} distances`,
    `${figure(histogram.expected[bin], 3)} in the normal distribution`,
  ];
  chart.show({ ...histogram, axis: "distance to the nearest point in X′", words }, label);
  return section(
    "distances",
    "Fig. 4: shortest distances",
    chart.element,
    legend([
      ["bars", "shortest distances"],
      ["", "normal distribution of the same mean and deviation"],
    ]),
    csvLink("fig-4.csv", () => histogramCsv(histogram)),
  );
}

/** Fig. 5 as the paper has it, and with as many queries at each r. */
export function divergenceFigures({ remaining, fresh }: QmcmSweep): readonly HTMLElement[] {
  return [
    divergenceFigure(
      "fig-5",
      "Fig. 5: KL divergence over r",
      "Asked of the points of X that are not in X′: the larger r, the fewer these are.",
      remaining,
    ),
    divergenceFigure(
      "fig-5-equal-queries",
      "The same with as many queries at each r",
      `Asked of the same ${count(fresh[0].queries)} fresh points at each r.`,
      fresh,
    ),
  ];
}

function divergenceFigure(
  name: string,
  title: string,
  caption: string,
  levels: readonly SweepLevel[],
): HTMLElement {
  const chart = new LineChart(280);
  chart.show(divergenceLines(levels), `${title}. ${caption}`);
  return section(
    name,
    title,
    h("p", { class: "caption" }, caption),
    chart.element,
    legend(DIVERGENCE_CURVES.map(([kind, words]) => [kind, words])),
    csvLink(`${name}.csv`, () => divergenceCsv(levels)),
  );
}

function legend(keys: readonly (readonly [string, string])[]): HTMLElement {
  return h(
    "p",
    { class: "curve-legend" },
    ...keys.map(([kind, words]) => h("span", { class: `curve-key ${kind}` }, h("i"), words)),
  );
}
