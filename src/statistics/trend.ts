import jStat from "jstat";
import type { TrendTest } from "../protocol/statistics";
import { convolve, rankProducts } from "./rank-products";
import { midRanks } from "./ranks";

/** Levels, and repeats times levels, up to which the distribution is computed exactly. */
const EXACT_LEVELS = 12;
const EXACT_CELLS = 240;

/**
 * Page's test (1963, Ordered hypotheses for multiple treatments, JASA 58) of whether values rise, or fall, over ordered
 * levels, repeats being the independent units. Ties within a repeat share ranks; the exact distribution takes them as
 * they are. With one repeat it is Spearman's exact test, one-sided, and weak.
 * @param values [repeats][levels]
 * @param direction the trend that is expected before the values are seen
 * @throws RangeError on fewer than two levels, no repeats, or rows of different length
 */
export function pageTrend(
  values: readonly (readonly number[])[],
  direction: TrendTest["direction"],
): TrendTest {
  const levels = values.at(0)?.length ?? 0;
  if (levels < 2 || values.some((row) => row.length !== levels))
    throw new RangeError("trend: rows of at least two values and of one length are needed");
  const sign = direction === "rising" ? 1 : -1;
  const rows = values.map((row) => midRanks(row.map((value) => sign * value)));
  const statistic = rows.reduce((sum, ranks) => sum + weighted(ranks), 0);
  const exact = levels <= EXACT_LEVELS && rows.length * levels <= EXACT_CELLS;
  return {
    direction,
    statistic,
    p: exact ? exactP(rows, statistic) : normalP(rows, statistic),
    repeats: rows.length,
    levels,
    method: exact ? "exact" : "normal approximation",
  };
}

function weighted(ranks: readonly number[]): number {
  return ranks.reduce((sum, rank, i) => sum + (i + 1) * rank, 0);
}

function exactP(rows: readonly (readonly number[])[], statistic: number): number {
  const total = rows.map(rankProducts).reduce(convolve);
  let p = 0;
  for (const [doubled, probability] of total) if (doubled >= 2 * statistic - 1e-9) p += probability;
  return Math.min(1, p);
}

/** Each row's sum has mean n (n + 1)² / 4 and variance Σ(i - m)² Σ(R - m)² / (n - 1), also with ties. */
function normalP(rows: readonly (readonly number[])[], statistic: number): number {
  const n = rows[0].length;
  const middle = (n + 1) / 2;
  const spread = (n * (n * n - 1)) / 12;
  const mean = rows.length * n * middle ** 2;
  const variance = rows.reduce(
    (sum, ranks) =>
      sum + (spread * ranks.reduce((all, rank) => all + (rank - middle) ** 2, 0)) / (n - 1),
    0,
  );
  return variance === 0 ? 1 : 1 - jStat.normal.cdf((statistic - mean) / Math.sqrt(variance), 0, 1);
}
