import type { RepetitionFloor, Results } from "../protocol/results";
import { figure, plural } from "./number";

/** Two runs of one seed, in sentences: how far apart they are, and what that says of other distances. */
export function floorSentences({ initial, final, distances }: RepetitionFloor): readonly string[] {
  if (initial === 0 && final === 0)
    return [
      "A second run of the first seed gave the same weights: nothing of a distance is chance of the machine.",
    ];
  const [first, again] = distances.map((value) => figure(value));
  return [
    `Two runs of the first seed end ${figure(final)} apart, having started ${figure(initial)} apart; they moved by ` +
      `${first} and ${again}.`,
    "That is what chance alone gives, such as the order in which threads or a GPU add up: what is less than that between " +
      "two runs says nothing of their seeds.",
  ];
}

/** Of what figures are that were made of weights before these were removed; null where all are there. */
export function prunedSentence({
  pruned,
  mapped,
}: Pick<Results, "pruned" | "mapped">): string | null {
  return pruned > 0
    ? `As it was made of ${plural(mapped, "run")}, before weights were removed ("keep").`
    : null;
}
