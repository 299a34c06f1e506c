import type { Comparison } from "../protocol/comparison";
import type { Spectra } from "../protocol/spectrum";
import type { ComparisonSummary } from "../protocol/summary";
import { sentences } from "./sentences";
import { summaryFacts } from "./summary-facts";

/** A comparison in words, with the figures behind them; says more where spectra were computed. */
export function summarise(comparison: Comparison, spectra?: Spectra): ComparisonSummary {
  const facts = summaryFacts(comparison, spectra);
  return { sentences: sentences(facts), facts };
}
