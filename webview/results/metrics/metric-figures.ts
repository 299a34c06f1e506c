import type { Results, RunResult } from "../../../src/protocol/results";
import { levelName, SETTING_NAMES } from "../../../src/words/level-words";
import { tickText } from "../../ui/chart/ticks";
import type { XyData, XyPoint, XySeries } from "../../ui/chart/xy-data";
import { csvText } from "../../ui/csv";
import { count, figure, plural, plusMinus } from "../../ui/format";

interface Told {
  readonly run: RunResult;
  readonly distance: number;
  readonly value: number;
}

/** Runs that did not diverge and tell a metric. */
function toldBy({ runResults }: Results, name: string): readonly Told[] {
  return runResults.flatMap((run) => {
    const value = run.metrics[name] ?? null;
    return run.distance === null || value === null ? [] : [{ run, distance: run.distance, value }];
  });
}

function wordsOf({ run: { run, level, repeat }, distance, value }: Told, name: string) {
  const place = level ? `, ${levelName(level)}, repeat ${count(repeat)}` : "";
  return [`run ${count(run)}${place}`, `${name} ${figure(value)}`, `distance ${figure(distance)}`];
}

const byX = (a: XyPoint, b: XyPoint): number => a.x - b.x || (a.run ?? 0) - (b.run ?? 0);

function pointOf(told: Told, name: string, x: number): XyPoint {
  return { x, y: told.value, deviation: null, run: told.run.run, words: wordsOf(told, name) };
}

/** A metric over d(w_0, w_T): each run a point, of its level's colour where one is varied. */
export function overDistance(results: Results, name: string): XyData {
  const told = toldBy(results, name);
  const values = [...new Set(results.levels.map(({ level }) => level.value))];
  const groups =
    values.length === 0
      ? [{ shade: null, runs: told }]
      : values.map((value, i) => ({
          shade: values.length < 2 ? 1 : i / (values.length - 1),
          runs: told.filter(({ run }) => run.level?.value === value),
        }));
  const series = groups.map(({ shade, runs }): XySeries => ({
    name: "runs",
    shape: "dots",
    shade,
    points: runs.map((one) => pointOf(one, name, one.distance)).sort(byX),
  }));
  return { series, xName: "d(w_0, w_T)", yName: name, xText: tickText };
}

/** A metric over the levels: each run as a point, and the means; null where no labels are varied. */
export function overLevels(results: Results, name: string): XyData | null {
  const { varied, levels, metrics } = results;
  const found = metrics.find((metric) => metric.name === name);
  if (!found || (varied !== "labelCorruption" && varied !== "labelFraction")) return null;
  const means = levels.flatMap(({ level }, i): XyPoint[] => {
    const of = found.levels[i];
    if (!of) return [];
    const words = [
      `${levelName(level)}, mean of ${plural(of.count, "run")}`,
      `${name} ${plusMinus(of.mean, of.std)}`,
    ];
    return [{ x: level.value, y: of.mean, deviation: of.std, run: null, words }];
  });
  const dots = toldBy(results, name).flatMap((one) =>
    one.run.level ? [pointOf(one, name, one.run.level.value)] : [],
  );
  return {
    series: [
      { name: "mean ± standard deviation", shape: "means", shade: null, points: means.sort(byX) },
      { name: "a run", shape: "dots", shade: null, points: dots.sort(byX) },
    ],
    xName: SETTING_NAMES[varied],
    yName: name,
    xText: (value) => `${tickText(Number((100 * value).toPrecision(6)))} %`,
  };
}

/** A row for each run: its distance and its own numbers. */
export function metricsCsv({ runResults, metrics }: Results): string {
  const names = metrics.map(({ name }) => name);
  return csvText(
    ["run", "key", "level", "repeat", "distance", ...names],
    runResults.map((run) => [
      run.run,
      run.key,
      run.level?.value ?? null,
      run.repeat,
      run.distance,
      ...names.map((name) => run.metrics[name] ?? null),
    ]),
  );
}
