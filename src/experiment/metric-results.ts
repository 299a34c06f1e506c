import type { LevelResult } from "../protocol/levels";
import type { MetricResult } from "../protocol/metrics";
import type { RunResult } from "../protocol/results";
import { spearmanRho } from "../statistics/spearman";
import { metricCurve } from "./metric-curve";
import type { RunMetrics } from "./run-metrics";
import { sampleStatistics } from "./sample-statistics";

/** Curves are drawn of the first so many runs that did not diverge: each is a file to read. */
export const mostRunsOnCurves = 1000;

/** Problems that are told of a metric. */
const mostProblems = 3;

/** What this needs of a run. */
export type MetricRun = Pick<RunResult, "key" | "distance" | "level" | "stop" | "metrics">;

/**
 * The user's own numbers over an experiment's runs, in the order in which runs name them; diverged runs are left out.
 * @param levels of the experiment, each with its way to stop
 * @param summed whether a mean over all runs means something
 * @param read what was read of the metrics of runs, by key: those that curves are drawn of
 */
export function metricResults(
  runs: readonly MetricRun[],
  levels: readonly Pick<LevelResult, "level" | "stop">[],
  summed: boolean,
  read: ReadonlyMap<string, RunMetrics>,
): readonly MetricResult[] {
  const alive = runs.filter(({ distance }) => distance !== null);
  const names = new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)));
  return [...names].map((name) => {
    const value = ({ metrics }: MetricRun) => metrics[name] ?? null;
    const told = alive.filter((run) => value(run) !== null);
    const curveOf = (of: readonly MetricRun[]) =>
      metricCurve(of.flatMap(({ key }) => read.get(key)?.[name]?.series ?? []));
    return {
      name,
      statistics: summed ? sampleStatistics(told.map(value)) : null,
      levels: levels.map((level) =>
        sampleStatistics(told.filter((run) => isOf(run, level)).map(value)),
      ),
      rhoWithDistance:
        told.length < 3
          ? null
          : spearmanRho(
              told.map((run) => value(run)!),
              told.map(({ distance }) => distance!),
            ),
      missing: alive.length - told.length,
      problems: problemsOf(alive, name, read),
      curve: summed ? curveOf(told) : null,
      levelCurves: levels.map((level) => curveOf(told.filter((run) => isOf(run, level)))),
    };
  });
}

function isOf(run: MetricRun, { level, stop }: Pick<LevelResult, "level" | "stop">): boolean {
  return run.stop === stop && run.level?.value === level.value;
}

/** Why runs do not tell a metric, the most frequent first. */
function problemsOf(
  runs: readonly MetricRun[],
  name: string,
  read: ReadonlyMap<string, RunMetrics>,
): MetricResult["problems"] {
  const counts = new Map<string, number>();
  for (const { key } of runs) {
    const problem = read.get(key)?.[name]?.problem ?? null;
    if (problem !== null) counts.set(problem, (counts.get(problem) ?? 0) + 1);
  }
  return [...counts]
    .map(([problem, of]) => ({ problem, runs: of }))
    .sort((a, b) => b.runs - a.runs)
    .slice(0, mostProblems);
}
