import type { Checkpoint, TensorInfo } from "../checkpoint/checkpoint";
import { isFloat } from "../checkpoint/dtype";

export interface MatchedTensors {
  /** Float tensors of one name and shape, in the order of a. */
  readonly pairs: readonly { readonly a: TensorInfo; readonly b: TensorInfo }[];
  readonly unmatched: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Names of matched tensors of integers or booleans. */
  readonly notCounted: readonly string[];
}

/** Pairs the tensors of two checkpoints by name; a pair needs one shape, and float values on both sides or on neither. */
export function matchTensors(a: Checkpoint, b: Checkpoint): MatchedTensors {
  const pairs: { a: TensorInfo; b: TensorInfo }[] = [];
  const notCounted: string[] = [];
  const matched = new Set<string>();
  for (const tensor of a.tensors) {
    const other = b.tensor(tensor.name);
    if (!other || !sameShape(tensor, other) || isFloat(tensor.dtype) !== isFloat(other.dtype))
      continue;
    matched.add(tensor.name);
    if (isFloat(tensor.dtype)) pairs.push({ a: tensor, b: other });
    else notCounted.push(tensor.name);
  }
  const rest = (checkpoint: Checkpoint) =>
    checkpoint.tensors.map(({ name }) => name).filter((name) => !matched.has(name));
  return { pairs, unmatched: { a: rest(a), b: rest(b) }, notCounted };
}

function sameShape(a: TensorInfo, b: TensorInfo): boolean {
  return a.shape.length === b.shape.length && a.shape.every((size, i) => size === b.shape[i]);
}
