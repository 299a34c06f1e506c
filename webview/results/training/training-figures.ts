import type { MeanCurve } from "../../../src/protocol/levels";
import type { MetricCurve } from "../../../src/protocol/metrics";
import type { Results } from "../../../src/protocol/results";
import { levelName } from "../../../src/words/level-words";
import type { XyData, XyPoint } from "../../ui/chart/xy-data";
import { tickText } from "../../ui/chart/ticks";
import { csvText } from "../../ui/csv";
import { count, plural, plusMinus } from "../../ui/format";
import { shadeOf } from "../levels/level-figures";

/** A curve of one level, or of all runs where nothing is varied. */
export interface TrainingCurve {
  /** Name of the level; empty where nothing is varied. */
  readonly level: string;
  /** Place on the scale of colours; null where nothing is varied. */
  readonly shade: number | null;
  readonly at: readonly number[];
  readonly mean: readonly number[];
  readonly std: readonly (number | null)[];
  readonly runs: number;
  readonly interpolated: boolean;
}

/** What is drawn over the training: the distance from the initial weights, or one of the user's numbers. */
export interface TrainingFigure {
  readonly name: string;
  /** What stands along the horizontal axis. */
  readonly axis: string;
  readonly curves: readonly TrainingCurve[];
}

/**
 * d(w_0, w_t), and each number of the user's that runs tell more than once. Nothing where there are no such numbers and
 * levels stand in Figs. 6 and 7 already.
 */
export function trainingFigures(results: Results): readonly TrainingFigure[] {
  const metrics = results.metrics.flatMap((metric): TrainingFigure[] => {
    const curves = curvesOf(results, metric.curve, metric.levelCurves, metricCurve);
    const axis = [metric.curve, ...metric.levelCurves].find((curve) => curve !== null)?.axis;
    const axisName = axis === "step" ? "step, as told with the metric" : "value, in order";
    return curves.length === 0 ? [] : [{ name: metric.name, axis: axisName, curves }];
  });
  const distance = curvesOf(
    results,
    results.curve,
    results.levels.map(({ curve }) => curve),
    distanceCurve,
  );
  if (distance.length === 0 || (metrics.length === 0 && results.curve === null)) return metrics;
  return [{ name: "d(w_0, w_t)", axis: "step of the checkpoint", curves: distance }, ...metrics];
}

type Points = Omit<TrainingCurve, "level" | "shade">;

/** The one curve of all runs, or those of levels. */
function curvesOf<T>(
  { levels }: Results,
  whole: T | null,
  ofLevels: readonly (T | null)[],
  points: (curve: T) => Points,
): readonly TrainingCurve[] {
  if (whole !== null) return [{ level: "", shade: null, ...points(whole) }];
  return ofLevels.flatMap((curve, i) =>
    curve === null
      ? []
      : [
          {
            level: levelName(levels[i].level),
            shade: shadeOf(i, levels.length),
            ...points(curve),
          },
        ],
  );
}

function metricCurve({ at, mean, std, runs, interpolated }: MetricCurve): Points {
  return { at, mean, std: std ?? mean.map(() => null), runs, interpolated };
}

function distanceCurve({ points, runs, interpolated }: MeanCurve): Points {
  return {
    at: points.map(({ step }) => step),
    mean: points.map(({ fromInitial }) => fromInitial.mean),
    std: points.map(({ fromInitial }) => fromInitial.std),
    runs,
    interpolated,
  };
}

/** A figure for the chart: a curve for each level with its deviation over runs. */
export function trainingData({ name, axis, curves }: TrainingFigure): XyData {
  return {
    series: curves.map(({ level, shade, at, mean, std, runs }) => ({
      name: level,
      shape: "curve" as const,
      shade,
      points: at.map((x, i): XyPoint => ({
        x,
        y: mean[i],
        deviation: std[i],
        run: null,
        words: [
          `${level === "" ? "" : `${level}, `}step ${count(Math.round(x))}`,
          `${name.replaceAll("_", "")} ${plusMinus(mean[i], std[i])}`,
          plural(runs, "run"),
        ],
      })),
    })),
    xName: axis,
    yName: name,
    xText: tickText,
  };
}

/** All curves: a row for each of their points. */
export function trainingCsv(figures: readonly TrainingFigure[]): string {
  return csvText(
    ["quantity", "level", "step", "runs", "mean", "std"],
    figures.flatMap(({ name, curves }) =>
      curves.flatMap(({ level, at, mean, std, runs }) =>
        at.map((x, i) => [name, level, x, runs, mean[i], std[i]]),
      ),
    ),
  );
}

/** What must be known to read the curves. */
export function trainingWords(figures: readonly TrainingFigure[]): string {
  const curves = figures.flatMap((figure) => figure.curves);
  const counts = curves.map(({ runs }) => runs);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const runs = least === most ? plural(least, "run") : `${count(least)} to ${plural(most, "run")}`;
  return [
    `Mean over ${runs} and, shaded, the standard deviation.`,
    ...(curves.some(({ interpolated }) => interpolated)
      ? ["Runs whose steps differ are each read at equal shares of their own length."]
      : []),
  ].join(" ");
}
