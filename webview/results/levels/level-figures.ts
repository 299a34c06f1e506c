import type { LevelResult } from "../../../src/protocol/levels";
import type { Results, RunPlace } from "../../../src/protocol/results";
import { levelName, SETTING_NAMES } from "../../../src/words/level-words";
import type { XyData, XySeries } from "../../ui/chart/xy-data";
import { tickText } from "../../ui/chart/ticks";
import { count, figure, plural, plusMinus, share } from "../../ui/format";

type Stop = RunPlace["stop"];

/** The levels of one way to stop. */
export function levelsOf({ levels }: Results, stop: Stop): readonly LevelResult[] {
  return levels.filter((level) => level.stop === stop);
}

/** Place of each of `length` levels on the scale of colours. */
export function shadeOf(index: number, length: number): number {
  return length < 2 ? 1 : index / (length - 1);
}

/** d(w_t, w_T) over the steps, a curve for each level: its mean over repeats and the deviation (Figs. 6 and 7). */
export function curvesData(levels: readonly LevelResult[]): XyData {
  const series = levels.flatMap(({ level, curve }, index): XySeries[] =>
    curve === null
      ? []
      : [
          {
            name: levelName(level),
            shape: "curve",
            shade: shadeOf(index, levels.length),
            points: curve.points.map(({ step, toFinal }) => ({
              x: step,
              y: toFinal.mean,
              deviation: toFinal.std,
              run: null,
              words: [
                `${levelName(level)}, step ${count(Math.round(step))}`,
                `distance to the final weights ${plusMinus(toFinal.mean, toFinal.std)}`,
                plural(toFinal.count, "run"),
              ],
            })),
          },
        ],
  );
  return { series, xName: "optimizer step", yName: "d(w_t, w_T)", xText: tickText };
}

/** The intercept d(w_0, w_T) over the levels: each run as a point, and the means (Fig. 7's reading; the same for Fig. 6). */
export function interceptData(results: Results, stop: Stop): XyData {
  const levels = levelsOf(results, stop);
  const means: XySeries = {
    name: "mean ± standard deviation",
    shape: "means",
    shade: null,
    points: levels.flatMap(({ level, distance, realisedRate }) =>
      distance === null
        ? []
        : [
            {
              x: level.value,
              y: distance.mean,
              deviation: distance.std,
              run: null,
              words: [
                `${levelName(level)}, mean of ${plural(distance.count, "run")}`,
                `distance ${plusMinus(distance.mean, distance.std)}`,
                ...realised(results, realisedRate?.mean ?? null),
              ],
            },
          ],
    ),
  };
  const dots: XySeries = {
    name: "a run",
    shape: "dots",
    shade: null,
    points: results.runResults
      .flatMap(({ run, repeat, level, stop: own, distance, realisedRate }) =>
        level === null || distance === null || own !== stop
          ? []
          : [
              {
                x: level.value,
                y: distance,
                deviation: null,
                run,
                words: [
                  `run ${count(run)}, ${levelName(level)}, repeat ${count(repeat)}`,
                  `distance ${figure(distance)}`,
                  ...realised(results, realisedRate),
                ],
              },
            ],
      )
      .sort((a, b) => a.x - b.x || a.run - b.run),
  };
  return {
    series: [means, dots],
    xName: results.varied === null ? "" : SETTING_NAMES[results.varied],
    yName: "d(w_0, w_T)",
    xText: (value) => `${tickText(Number((100 * value).toPrecision(6)))} %`,
  };
}

function realised({ varied }: Results, rate: number | null): readonly string[] {
  return varied === "labelCorruption" && rate !== null ? [`${share(rate)} really changed`] : [];
}
