import { statistics } from "../distance/statistics";
import type { CorruptionAssumption, LevelTrend, TrendVerdict } from "../protocol/levels";
import type { RunResult } from "../protocol/results";
import { spearman } from "../statistics/spearman";
import { pageTrend } from "../statistics/trend";
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
  const repeats = new Map<number, Map<number, number>>();
  for (const { repeat, level, distance } of runs) {
    const row = repeats.get(repeat) ?? new Map<number, number>();
    repeats.set(repeat, row);
    if (level && distance !== null) row.set(level.value, distance);
  }
  const rows = [...repeats.values()]
    .filter((row) => levels.every((level) => row.has(level)))
    .map((row) => levels.map((level) => row.get(level)!));
  const [rising, falling] = (["rising", "falling"] as const).map((direction) =>
    rows.length > 0 ? pageTrend(rows, direction) : null,
  );
  const means = levels.map((_, at) => rows.map((row) => row[at]));
  const verdict = verdictOf(rising?.p, falling?.p);
  return {
    figure,
    stop,
    expected: figure === "fig-7" && stop === "steps" ? "falling" : "rising",
    expectedByPaper: stop === "steps",
    levels,
    repeats: rows.length,
    incompleteRepeats: repeats.size - rows.length,
    rising,
    falling,
    spearman:
      rows.length > 0
        ? spearman(
            levels,
            means.map((column) => statistics(column).mean),
          )
        : null,
    weak: rows.length < 2,
    verdict,
    significance,
    supports: figure === "fig-7" && !mostUnfitted(runs) ? assumptions[verdict] : null,
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

function verdictOf(rising: number | undefined, falling: number | undefined): TrendVerdict {
  if (rising !== undefined && rising <= significance) return "rising";
  return falling !== undefined && falling <= significance ? "falling" : "none";
}
