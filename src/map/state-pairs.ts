import type { StateName } from "../protocol/results";
import type { StateLabel } from "./state-maps";

/** A run's two states, by their places in a list; runs that share an initial state have the same one. */
export interface StatePair {
  readonly run: number;
  readonly initial: number;
  readonly final: number;
}

/** Places of the states of one name. */
export function statesOf(labels: readonly StateLabel[], state: StateName): number[] {
  return [...labels.keys()].filter((at) => labels[at].state === state);
}

/** The runs both of whose states are listed, in the order of their final states. */
export function statePairs(labels: readonly StateLabel[]): StatePair[] {
  const initials = new Map(statesOf(labels, "initial").map((at) => [labels[at].run, at]));
  return statesOf(labels, "final").flatMap((final) => {
    const { run, scratch = run } = labels[final];
    const initial = initials.get(scratch);
    return initial === undefined ? [] : [{ run, initial, final }];
  });
}
