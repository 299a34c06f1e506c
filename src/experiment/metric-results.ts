import type { LevelResult } from "../protocol/levels";
import type { MetricResult } from "../protocol/metrics";
import type { RunResult } from "../protocol/results";
import { spearmanRho } from "../statistics/spearman";
import { sampleStatistics } from "./sample-statistics";

/** What this needs of a run. */
export type MetricRun = Pick<RunResult, "distance" | "level" | "stop" | "metrics">;

/**
 * The user's own numbers over an experiment's runs, in the order in which runs name them; diverged runs are left out.
 * @param levels of the experiment, each with its way to stop
 * @param summed whether a mean over all runs means something
 */
export function metricResults(
  runs: readonly MetricRun[],
  levels: readonly Pick<LevelResult, "level" | "stop">[],
  summed: boolean,
): readonly MetricResult[] {
  const alive = runs.filter(({ distance }) => distance !== null);
  const names = new Set(runs.flatMap(({ metrics }) => Object.keys(metrics)));
  return [...names].map((name) => {
    const value = ({ metrics }: MetricRun) => metrics[name] ?? null;
    const told = alive.filter((run) => value(run) !== null);
    return {
      name,
      statistics: summed ? sampleStatistics(told.map(value)) : null,
      levels: levels.map(({ level, stop }) =>
        sampleStatistics(
          told.filter((run) => run.stop === stop && run.level?.value === level.value).map(value),
        ),
      ),
      rhoWithDistance:
        told.length < 3
          ? null
          : spearmanRho(
              told.map((run) => value(run)!),
              told.map(({ distance }) => distance!),
            ),
      missing: alive.length - told.length,
    };
  });
}
