import type { Results, RunResult, RunSeeds } from "../protocol/results";
import { firstOf, plural } from "./number";

type Sampled = Pick<Results, "parameters" | "runResults">;

/**
 * What a figure was made of, so that it can be made again: how many runs, their seeds, and what was counted.
 * @param runs how many of the first runs it shows; all that did not diverge by default
 */
export function sampleText(results: Sampled, runs?: number): string {
  const finite = results.runResults.filter(({ distance }) => distance !== null);
  const shown = runs === undefined ? finite : finite.slice(0, runs);
  return `N = ${plural(shown.length, "run")}. ${seedsText(shown)} ${countedText(results)}`;
}

/** `Counted: 122,570 trainable parameters.` */
export function countedText({ parameters }: Pick<Results, "parameters">): string {
  return `Counted: ${plural(parameters, "trainable parameter")}.`;
}

/** `Seeds of initial weights, order and dropout: 0 to 19.`; where they are not the same runs', each. Empty without runs. */
export function seedsText(runs: readonly Pick<RunResult, "seeds">[]): string {
  if (runs.length === 0) return "";
  const of = (name: keyof RunSeeds) => listed(runs.map(({ seeds }) => seeds[name]));
  const [initial, order, dropout] = [of("initialWeights"), of("order"), of("dropout")];
  if (initial === order && order === dropout)
    return `Seeds of initial weights, order and dropout: ${initial}.`;
  return order === dropout
    ? `Seeds of initial weights: ${initial}; of order and dropout: ${order}.`
    : `Seeds of initial weights: ${initial}; of order: ${order}; of dropout: ${dropout}.`;
}

/** Whole numbers, once each: `0 to 19`, or `3`, or the first of them. */
function listed(values: readonly number[]): string {
  const different = [...new Set(values)].sort((a, b) => a - b);
  const [first, last] = [different[0], different[different.length - 1]];
  if (different.length < 3 || last - first + 1 !== different.length) return firstOf(different);
  return `${first} to ${last}`;
}

/** Whether maps show states drawn at random, many enough to lie nearly as far from one another: Fig. 1's ball and sphere. */
export function manyOwnStarts({ runResults }: Pick<Results, "runResults">): boolean {
  const starts = new Set(runResults.map(({ initialSha256 }) => initialSha256));
  return starts.size === runResults.length && starts.size >= fewestOfASphere;
}

/** Fewer points than these fill three dimensions by themselves, whatever they are. */
const fewestOfASphere = 8;
