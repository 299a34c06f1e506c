import type { CorruptionAssumption, LevelTrend, TrendVerdict } from "../protocol/levels";
import type { RunResult } from "../protocol/results";
import { figure, plural, pValue } from "./number";

/** The test and its outcome in figures. */
export function trendTest(trend: LevelTrend): string {
  const { rising, falling, repeats, incompleteRepeats, levels, spearman, weak } = trend;
  if (!rising || !falling)
    return `No trend is tested: no repeat has a distance at each of the ${plural(levels.length, "level")} yet.`;
  const name = weak
    ? `One repeat over ${plural(levels.length, "level")}, ranked by distance`
    : `Page's trend test over ${plural(levels.length, "level")}, ${plural(repeats, "repeat")} as units`;
  const rank = spearman ? `; rank correlation of the means ρ = ${figure(spearman.rho, 2)}` : "";
  const left =
    incompleteRepeats > 0 ? ` ${plural(incompleteRepeats, "repeat")} lacked a level.` : "";
  return `${name} (${rising.method}, one-sided): rising ${pValue(rising.p)}, falling ${pValue(falling.p)}${rank}.${left}${convergedTest(trend)}`;
}

function convergedTest({ converged }: LevelTrend): string {
  if (!converged?.rising || !converged.falling) return "";
  const { rising, falling, repeats } = converged;
  return ` Of ${repeats === 1 ? "the one repeat" : `the ${repeats} repeats`} that converged at every level: rising ${pValue(rising.p)}, falling ${pValue(falling.p)}.`;
}

const ASSUMPTIONS: Readonly<Record<CorruptionAssumption, string>> = {
  "more-complex":
    "its first assumption: corruption makes the relationship of data and labels more complex, so that a network accumulates more",
  conflicting:
    "its second assumption: corrupted labels contradict one another, so that a network accumulates less",
};

/** Runs that were to train until they fit, and did not. */
export function unfitted(runs: readonly RunResult[]): number {
  return runs.filter(({ stop, fitted }) => stop === "fit" && fitted === false).length;
}

/**
 * What the outcome means, in plain words.
 * @param runs all runs: of those that were to fit it is said how many did not
 */
export function trendMeaning(trend: LevelTrend, runs: readonly RunResult[]): string {
  if (!trend.rising) return "";
  const weak = trend.weak ? " One repeat is weak evidence." : "";
  const meaning = trend.figure === "fig-6" ? fractions(trend) : corruption(trend, runs);
  return `${meaning}${weak}${withoutUnconverged(trend)}`;
}

const CONVERGED_ALONE: Readonly<Record<TrendVerdict, string>> = {
  rising: "distance rises",
  falling: "distance falls",
  none: "there is no trend beyond chance",
};

/** Whether that holds without runs that did not converge; empty where all did. */
function withoutUnconverged({ verdict, converged }: LevelTrend): string {
  if (!converged) return "";
  if (!converged.rising)
    return " No repeat converged at every level, so that this cannot be tested of converged runs alone.";
  return converged.verdict === verdict
    ? " Repeats that converged at every level say the same."
    : ` Of repeats that converged at every level alone, ${CONVERGED_ALONE[converged.verdict]}.`;
}

function fractions({ verdict }: LevelTrend): string {
  switch (verdict) {
    case "rising":
      return "The more label kinds are trained on, the farther the weights move, as in the paper's Fig. 6.";
    case "falling":
      return "The more label kinds are trained on, the less far the weights move: the opposite of the paper's Fig. 6.";
    case "none":
      return "No trend beyond chance: this neither confirms nor refutes the paper's Fig. 6, where distance rises with the share of label kinds.";
  }
}

function corruption(
  { verdict, stop, supports, expectedByPaper }: LevelTrend,
  runs: readonly RunResult[],
): string {
  const left = unfitted(runs);
  const short = left > 0 ? ` (${plural(left, "run")} did not within the epochs)` : "";
  const how = stop === "steps" ? "After equal numbers of steps" : `Trained until it fits${short}`;
  if (verdict === "none")
    return `${how}, no trend beyond chance: neither of the paper's two assumptions on label corruption is supported.`;
  const agrees = expectedByPaper
    ? verdict === "falling"
      ? ", as in the paper's Fig. 7"
      : ", against the paper's Fig. 7"
    : "; the paper did not train so";
  const what =
    verdict === "rising"
      ? "the weights move farther the more labels are corrupted"
      : "the weights move less far the more labels are corrupted";
  const meaning =
    supports === null
      ? "As most runs did not fit, these are again distances after as many steps and not of networks that learnt their labels: no assumption is supported."
      : `Read as the paper reads distance, that supports ${ASSUMPTIONS[supports]}.`;
  return `${how}, ${what}${agrees}. ${meaning}`;
}

/** What two ways to stop say together; empty where there is one, or where they agree. */
export function stopsTogether(trends: readonly LevelTrend[]): string {
  const [steps, fit] = (["steps", "fit"] as const).map((stop) =>
    trends.find((trend) => trend.stop === stop),
  );
  if (!steps?.supports || !fit?.supports || steps.supports === fit.supports) return "";
  return (
    "The two ways to stop support opposite assumptions. So distance at a fixed number of steps tells how fast a network " +
    "fits, not how much it has to accumulate to fit: only training until it fits compares networks that learnt their labels."
  );
}
