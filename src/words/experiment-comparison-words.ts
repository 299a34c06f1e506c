import type { ExperimentComparison, Normalisation } from "../protocol/experiment-comparison";
import type { RankCorrelation } from "../protocol/statistics";

/** What distances are divided by, as columns have it. */
export const NORMALISATION_NAMES: Readonly<Record<Normalisation, string>> = {
  none: "distance",
  "initial-norm": "/ initial norm",
  parameters: "/ √parameters",
  "path-length": "/ path length",
  "random-walk": "/ random walk",
};

export const NORMALISATIONS = Object.keys(NORMALISATION_NAMES) as Normalisation[];

/** `ρ = 0.64, p = 0.14`. */
export function correlationText({ rho, p }: RankCorrelation): string {
  return `ρ = ${rho.toFixed(2).replace("-", "−")}, p = ${p.toFixed(2)}`;
}

/** In what experiments differ, in a sentence. */
export function differencesText({ differences, comparable, varied }: ExperimentComparison): string {
  if (differences.length === 0) return "All settings agree.";
  return comparable
    ? `All settings agree but ${varied ?? ""}: ${valuesText(differences[0].values)}.`
    : `These experiments differ in ${differences.length} settings, so that a difference in distance has no single cause:`;
}

export function valuesText(values: readonly unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join(" | ");
}

/** What to make of the order of models; empty where there are no several models. */
export function rankingSentences(comparison: ExperimentComparison): readonly string[] {
  const { rankings, selection, paperRanking, experiments } = comparison;
  if (rankings.length === 0) return [];
  const ranked = rankedExperiments(experiments);
  const few =
    ranked < 5
      ? ` With ${ranked} models of Table 3 hardly any order differs from chance: the smallest p that there can be is ${smallestP(ranked)}.`
      : "";
  return [
    `The paper's own order agrees with the one that it expects by ${correlationText(paperRanking)}: not more than chance may give.`,
    `p is exact and two-sided.${few}`,
    `To choose the best of ${selection.tried} normalisations afterwards is selection: only Holm's p, over all ${selection.tried}, allows for it.`,
  ];
}

/** How many have a place in Table 3 and a distance: of an experiment that varies labels there is none. */
export function rankedExperiments(experiments: ExperimentComparison["experiments"]): number {
  return experiments.filter(({ paper, distance }) => paper !== null && distance.none).length;
}

/** Of n models in an order without ties: both perfect orders of n! are as extreme. */
function smallestP(n: number): string {
  const orders = Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1);
  return Math.min(1, 2 / orders).toPrecision(2);
}
