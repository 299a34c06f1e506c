import type { DistanceHistogram, SweepLevel } from "../../src/protocol/qmcm";
import type { LineData } from "../ui/chart/line-data";
import { binStart } from "../ui/chart/bar-data";
import { csvText } from "../ui/csv";
import { count } from "../ui/format";

/** Curves of Fig. 5: kind, name. */
export const DIVERGENCE_CURVES = [
  ["final", "shortest distances"],
  ["initial", "true normal samples of the same size, mean"],
  ["plain", "97.5 % of these are below"],
] as const;

/** KL divergence over r, beside what true normal samples have. */
export function divergenceLines(levels: readonly SweepLevel[]): LineData {
  const values = [
    levels.map(({ klDivergence }) => klDivergence),
    levels.map(({ floor }) => floor.mean),
    levels.map(({ floor }) => floor.high),
  ];
  return {
    places: levels.map(({ ratio }) => 100 * ratio),
    names: levels.map(
      ({ ratio, queries }) => `r = ${Math.round(100 * ratio)} %, ${count(queries)} points`,
    ),
    axis: "r, per cent of the points",
    lines: DIVERGENCE_CURVES.map(([kind, name], i) => ({ kind, name, values: values[i] })),
  };
}

/** The data of Fig. 5, a row for each r. */
export function divergenceCsv(levels: readonly SweepLevel[]): string {
  const header = [
    "ratio",
    "stored",
    "queries",
    "mean",
    "std",
    "kl_divergence",
    "floor_mean",
    "floor_low",
    "floor_high",
  ];
  const rows = levels.map((level) => {
    const { ratio, stored, queries, mean, std, klDivergence, floor } = level;
    return [ratio, stored, queries, mean, std, klDivergence, floor.mean, floor.low, floor.high];
  });
  return csvText(header, rows);
}

/** The data of Fig. 4, a row for each bin. */
export function histogramCsv(histogram: DistanceHistogram): string {
  const rows = histogram.counts.map((found, bin) => [
    binStart(histogram, bin),
    binStart(histogram, bin + 1),
    found,
    histogram.expected[bin],
  ]);
  return csvText(["from", "to", "count", "normal"], rows);
}
