import type { Results, SampleStatistics } from "../protocol/results";
import { levelName } from "../words/level-words";
import { curveWords, metricSentences } from "../words/metric-words";
import { figure } from "../words/number";
import { textTable } from "./text-table";

/** The user's own numbers: of each level in figures, and how they go with the distance; empty where there are none. */
export function textMetrics({ metrics, levels }: Results): string {
  if (metrics.length === 0) return "";
  const rows = metrics.flatMap((metric) =>
    metric.levels.map((of, i) => [
      metric.name,
      levelName(levels[i].level),
      ...(of ? metricCells(of) : ["0", "-", "-", "-", "-"]),
    ]),
  );
  const heads = ["Metric", "Level", "N", "Mean", "STD", "c_v (%)", "95 % interval"];
  const sentences = metrics.flatMap((metric) => [
    ...(metric.curve ? [`  ${metric.name}: on average ${curveWords(metric.curve)}.`] : []),
    ...metricSentences(metric).map((sentence) => `  ${metric.name}: ${lowered(sentence)}`),
  ]);
  if (rows.length === 0 && sentences.length === 0) return "";
  return ["Metrics", ...(rows.length > 0 ? [textTable([heads, ...rows])] : []), ...sentences].join(
    "\n",
  );
}

function lowered(sentence: string): string {
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}

/** N, mean, deviation, c_v and interval of a metric, whose size nobody knows beforehand. */
export function metricCells({ count, mean, std, cvPercent, interval }: SampleStatistics): string[] {
  return [
    count.toLocaleString("en-US"),
    figure(mean),
    std === null ? "-" : figure(std, 3),
    cvPercent === null ? "-" : figure(cvPercent, 3),
    interval ? `${figure(interval.low)} to ${figure(interval.high)}` : "-",
  ];
}
