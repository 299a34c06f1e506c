import type { Comparison, TensorComparison } from "../../../../src/protocol/comparison";

const histogram = { firstExponent: 0, decreases: [], increases: [], unchanged: 0 };

/** A compared tensor of 4 elements with norm 1 that moved by so much. */
export function tensor(
  name: string,
  distance: number | null,
  patch: Partial<TensorComparison> = {},
): TensorComparison {
  return {
    name,
    shape: [2, 2],
    dtype: "F32",
    dtypeInB: "F32",
    parameters: 4,
    distance,
    relativeDistance: distance,
    rmsChange: distance === null ? null : distance / 2,
    cosine: 1,
    rotation: 0,
    normA: 1,
    normB: 1,
    maxChange: distance,
    maxChangeAt: null,
    changed: distance === 0 ? 0 : 4,
    changedShare: distance === 0 ? 0 : 1,
    histogram,
    roundingFloor: null,
    nearRoundingFloor: false,
    nonFinite: 0,
    finiteDistance: distance,
    ...patch,
  };
}

/** A comparison of these tensors; its own figures are those of the first. */
export function comparison(
  tensors: readonly TensorComparison[],
  patch: Partial<Comparison> = {},
): Comparison {
  return {
    ...tensor("", tensors.at(0)?.distance ?? 0),
    tensors,
    unmatched: { a: [], b: [] },
    onlyInA: [],
    onlyInB: [],
    conflicts: [],
    strippedPrefixes: { a: [], b: [] },
    notCounted: [],
    unreadable: { a: [], b: [] },
    ...patch,
  };
}
