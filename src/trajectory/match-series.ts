import path from "node:path";
import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { matchTensors, type MatchOptions } from "../distance/match-tensors";
import type { TensorConflict } from "../protocol/comparison";
import type { Trajectory, UnmatchedTensor } from "../protocol/trajectory";

/** A tensor that every checkpoint of a series holds. */
export interface SeriesTensor {
  /** Name in the first checkpoint. */
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  /** The tensor in each checkpoint. */
  readonly members: readonly TensorInfo[];
}

export interface MatchedSeries extends Pick<Trajectory, "unmatched" | "strippedPrefixes"> {
  /** In the order of the first checkpoint. */
  readonly tensors: readonly SeriesTensor[];
}

/** Finds the float tensors that all checkpoints have in common, each matched with the first by name and shape. */
export function matchSeries(
  checkpoints: readonly Checkpoint[],
  options: MatchOptions = {},
): MatchedSeries {
  const [first] = checkpoints;
  const matches = checkpoints.map((other) => matchTensors(first, other, options));
  const members = new Map<string, TensorInfo[]>();
  const holders = new Map<string, Set<string>>();
  const holdersOf = (name: string) => {
    const known = holders.get(name) ?? new Set();
    holders.set(name, known);
    return known;
  };
  const holds = (name: string, file: string) => holdersOf(name).add(file);
  const reasons = new Map<string, string>();
  const tell = (name: string, reason: string, file: string) => {
    if (!reasons.has(name)) reasons.set(name, `${reason} in ${path.basename(file)}`);
    holdersOf(name);
  };
  matches.forEach((match, i) => {
    const { path: file } = checkpoints[i];
    for (const { a, b } of match.pairs) {
      const found = members.get(a.name);
      if (found) found.push(b);
      else members.set(a.name, [b]);
      holds(a.name, file);
    }
    // What the first holds and this one does not; a conflict is held by neither's standard alike.
    for (const name of match.unmatched.a) holds(name, first.path);
    for (const name of match.onlyInB) holds(name, file);
    for (const { name, reason } of match.unreadable.b) tell(name, reason, file);
    for (const { name, reason } of match.conflicts) tell(name, conflictWords[reason], file);
  });
  const tensors = first.tensors.flatMap(({ name, shape, parameters }) => {
    const found = members.get(name) ?? [];
    return found.length === checkpoints.length ? [{ name, shape, parameters, members: found }] : [];
  });
  const whole = new Set(tensors.map(({ name }) => name));
  const unmatched: UnmatchedTensor[] = Array.from(holders, ([name, files]) => ({
    name,
    files: [...files],
    reason: reasons.get(name) ?? null,
  })).filter(({ name }) => !whole.has(name));
  const prefixes = matches.flatMap(({ strippedPrefixes: { a, b } }) => [...a, ...b]);
  return { tensors, unmatched, strippedPrefixes: [...new Set(prefixes)] };
}

const conflictWords: Record<TensorConflict["reason"], string> = {
  shape: "has another shape",
  type: "is of another type",
};

/** Whether two checkpoints have a tensor in common to measure. */
export function haveCommon(a: Checkpoint, b: Checkpoint, options: MatchOptions = {}): boolean {
  return matchTensors(a, b, options).pairs.length > 0;
}
