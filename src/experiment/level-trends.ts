import { statistics } from "../distance/statistics";
import type {
  CorruptionAssumption,
  LevelTrend,
  TestedTrend,
  TrendVerdict,
} from "../protocol/levels";
import type { RunResult } from "../protocol/results";
import type { TrendTest } from "../protocol/statistics";
import { spearman } from "../statistics/spearman";
import { pageTrend } from "../statistics/trend";
import { convergenceFailure } from "./convergence";
import { stopsOf } from "./level-results";
import { levelsOf, type Levels } from "./levels";

/** Of each direction: both are tested, together at 0.05. */
const significance = 0.025;

/** Whether distances rise or fall over label fractions (Fig. 6) or corruption (Fig. 7), for each way to stop. */
export function levelTrends(
  levels: Levels | undefined,
  runs: readonly RunResult[],
): readonly LevelTrend[] {
  if (!levels || "initialWeights" in levels) return [];
  const values = levelsOf(levels)
    .map(({ value }) => value)
    .sort((a, b) => a - b);
  const figure = "labelFraction" in levels ? "fig-6" : "fig-7";
  return stopsOf(runs).map((stop) =>
    levelTrend(
      figure,
      stop,
      values,
      runs.filter((run) => run.stop === stop),
    ),
  );
}

function levelTrend(
  figure: LevelTrend["figure"],
  stop: LevelTrend["stop"],
  levels: readonly number[],
  runs: readonly RunResult[],
): LevelTrend {
  const repeats = new Set(runs.map(({ repeat }) => repeat)).size;
  const converged = runs.filter((run) => convergenceFailure(run) === null);
  const tested = testedTrend(levels, runs);
  return {
    ...tested,
    figure,
    stop,
    expected: figure === "fig-7" && stop === "steps" ? "falling" : "rising",
    expectedByPaper: stop === "steps",
    levels,
    incompleteRepeats: repeats - tested.repeats,
    weak: tested.repeats < 2,
    significance,
    supports: figure === "fig-7" && !mostUnfitted(runs) ? assumptions[tested.verdict] : null,
    converged: converged.length === runs.length ? null : testedTrend(levels, converged),
  };
}

/** Of repeats that have a distance at every level. */
function testedTrend(levels: readonly number[], runs: readonly RunResult[]): TestedTrend {
  const repeats = new Map<number, Map<number, number>>();
  for (const { repeat, level, distance } of runs) {
    const row = repeats.get(repeat) ?? new Map<number, number>();
    repeats.set(repeat, row);
    if (level && distance !== null) row.set(level.value, distance);
  }
  const rows = [...repeats.values()]
    .filter((row) => levels.every((level) => row.has(level)))
    .map((row) => levels.map((level) => row.get(level)!));
  if (rows.length === 0)
    return { repeats: 0, rising: null, falling: null, spearman: null, verdict: "none" };
  const rising = pageTrend(rows, "rising");
  const falling = pageTrend(rows, "falling");
  const means = levels.map((_, at) => statistics(rows.map((row) => row[at])).mean);
  return {
    repeats: rows.length,
    rising,
    falling,
    spearman: spearman(levels, means),
    verdict: verdictOf(rising, falling),
  };
}

/** Whether runs that were to fit mostly did not: what they compare are then networks after as many steps, not fitted ones. */
function mostUnfitted(runs: readonly RunResult[]): boolean {
  return 2 * runs.filter(({ fitted }) => fitted === false).length > runs.length;
}

const assumptions: Readonly<Record<TrendVerdict, CorruptionAssumption | null>> = {
  rising: "more-complex",
  falling: "conflicting",
  none: null,
};

function verdictOf(rising: TrendTest, falling: TrendTest): TrendVerdict {
  if (rising.p <= significance) return "rising";
  return falling.p <= significance ? "falling" : "none";
}
