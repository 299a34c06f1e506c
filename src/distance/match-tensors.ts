import type { Checkpoint, TensorInfo, TensorRole } from "../checkpoint/checkpoint";
import { isFloat, isInteger } from "../checkpoint/dtype";
import type { Comparison, TensorConflict, Unreadable } from "../protocol/comparison";
import { pairNames, type NamePair } from "./pair-names";

/** Tensors of one shape in both checkpoints, with float values. */
export interface TensorPair {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

export interface MatchOptions {
  /** What is compared; weights alone by default. */
  readonly roles?: readonly TensorRole[];
  /** Whether wrappers' prefixes are left on names (see stripPrefixes); by default they are taken off where needed. */
  readonly exactNames?: boolean;
  /** Whether a tensor takes part, by its name in its file; all do by default. */
  readonly select?: (name: string) => boolean;
}

export interface MatchedTensors extends Pick<
  Comparison,
  | "unmatched"
  | "onlyInA"
  | "onlyInB"
  | "conflicts"
  | "strippedPrefixes"
  | "notCounted"
  | "unreadable"
> {
  /** In the order of a. */
  readonly pairs: readonly TensorPair[];
}

/**
 * Pairs the tensors of two checkpoints by name; a pair needs one shape, and float values in both. Integer tensors
 * without a partner are not reported: they are not counted with one either.
 */
export function matchTensors(
  a: Checkpoint,
  b: Checkpoint,
  { roles = ["weight"], exactNames = false, select = () => true }: MatchOptions = {},
): MatchedTensors {
  const selected = ({ tensors }: Checkpoint) => tensors.filter(({ name }) => select(name));
  const names = pairNames(selected(a), selected(b), exactNames);
  const wanted = (tensor: TensorInfo) => roles.includes(tensor.role);
  const unreadable = { a: unreadableOf(a, wanted, select), b: unreadableOf(b, wanted, select) };
  const paired = names.pairs.filter((pair) => roles.includes(roleOf(pair)));
  const conflicts = paired.flatMap((pair) => conflict(pair) ?? []);
  const comparable = paired.filter((pair) => !conflict(pair));
  const lonely = (tensors: readonly TensorInfo[]) =>
    tensors.filter((tensor) => wanted(tensor) && isFloat(tensor.dtype)).map(({ name }) => name);
  const [lonelyA, lonelyB] = [lonely(names.onlyInA), lonely(names.onlyInB)];
  const inFileOrder = (checkpoint: Checkpoint, listed: readonly string[]) => {
    const set = new Set(listed);
    return checkpoint.tensors.map(({ name }) => name).filter((name) => set.has(name));
  };
  return {
    pairs: comparable.filter((pair) => isFloat(pair.a.dtype)),
    notCounted: comparable.filter((pair) => isInteger(pair.a.dtype)).map((pair) => pair.a.name),
    unmatched: {
      a: inFileOrder(a, [...lonelyA, ...conflicts.map(({ name }) => name)]),
      b: inFileOrder(b, [...lonelyB, ...conflicts.map(({ name, nameInB }) => nameInB ?? name)]),
    },
    // What the other holds but cannot give is named there.
    onlyInA: without(lonelyA, unreadable.b),
    onlyInB: without(lonelyB, unreadable.a),
    conflicts,
    strippedPrefixes: names.strippedPrefixes,
    unreadable,
  };
}

/** What a file holds and is not read: whole objects, and tensors of types whose values are not decoded. */
function unreadableOf(
  { tensors, unreadable }: Checkpoint,
  wanted: (tensor: TensorInfo) => boolean,
  select: (name: string) => boolean,
): Unreadable[] {
  const opaque = tensors.filter(
    (tensor) => wanted(tensor) && !isFloat(tensor.dtype) && !isInteger(tensor.dtype),
  );
  const types = opaque.map(({ name, dtype }) => ({ name, reason: `is of type ${dtype}` }));
  return [...unreadable, ...types].filter(({ name }) => select(name));
}

function without(names: readonly string[], known: readonly Unreadable[]): string[] {
  const set = new Set(known.map(({ name }) => name));
  return names.filter((name) => !set.has(name));
}

/** A format that does not tell calls everything a weight: then the other's word holds. */
function roleOf({ a, b }: NamePair): TensorRole {
  return a.role === "weight" ? b.role : a.role;
}

/** What keeps a pair from being compared. Two integer tensors of different shapes are no one's concern. */
function conflict({ a, b }: NamePair): TensorConflict | null {
  const floats = [a, b].filter(({ dtype }) => isFloat(dtype)).length;
  const sameShape =
    a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i]);
  if (floats === 0 ? true : floats === 2 && sameShape) return null;
  return {
    name: a.name,
    ...(a.name === b.name ? {} : { nameInB: b.name }),
    reason: floats === 1 ? "type" : "shape",
    a: { dtype: a.dtype, shape: a.shape },
    b: { dtype: b.dtype, shape: b.shape },
  };
}
