import type { Results, SampleStatistics, Statistics } from "../../src/protocol/results";
import { levelName } from "../../src/words/level-words";
import { count, figure, fixed, meanDecimals, NONE } from "../ui/format";

/** A row of Table 2; the paper's have no interval. */
export interface TableTwoRow {
  readonly name: string;
  readonly statistics: Statistics & { readonly interval?: SampleStatistics["interval"] };
  readonly paper: boolean;
}

const same = (a: SampleStatistics | null, b: SampleStatistics | null): boolean =>
  a?.mean === b?.mean && a?.count === b?.count;

/** Our rows by what was counted and of which runs, then the paper's of the same model. */
export function tableTwoRows(results: Results): readonly TableTwoRow[] {
  const { statistics, savedStatistics, convergence, levels, metrics, paper } = results;
  const ours = (name: string, of: SampleStatistics | null): readonly TableTwoRow[] =>
    of === null ? [] : [{ name, statistics: of, paper: false }];
  return [
    ...ours("trainable weights", statistics),
    ...(same(savedStatistics, statistics)
      ? []
      : ours("all that is saved, moving averages too", savedStatistics)),
    ...(same(convergence.statistics, statistics)
      ? []
      : ours("converged runs only", convergence.statistics)),
    ...(statistics === null
      ? []
      : levels.flatMap(({ level, distance }) =>
          ours(`from the scratch of ${levelName(level)}`, distance),
        )),
    ...metrics.flatMap((metric) => ours(`metric ${metric.name}`, metric.statistics)),
    ...(paper ? [{ name: `paper, ${paper.title}`, statistics: paper.distance, paper: true }] : []),
  ];
}

/** N, mean, interval, deviation and c_v; the paper's as it printed them. */
export function tableTwoCells({ statistics, paper }: TableTwoRow): readonly string[] {
  const { count: n, mean, std, cvPercent, interval } = statistics;
  const decimals = paper ? 3 : meanDecimals(mean, std);
  return [
    count(n),
    fixed(mean, decimals),
    interval ? `${fixed(interval.low, decimals)} to ${fixed(interval.high, decimals)}` : NONE,
    fixed(std, decimals),
    paper ? fixed(cvPercent, 3) : figure(cvPercent, 3),
  ];
}
