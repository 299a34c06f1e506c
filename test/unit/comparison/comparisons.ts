import type { Comparison, TensorComparison } from "../../../src/protocol/comparison";

/** A tensor of a made-up comparison: its distance and the norm it moved from. */
export function movedTensor(
  name: string,
  distance: number,
  { shape = [10], norm = 1, ...more }: Partial<TensorComparison> & { readonly norm?: number } = {},
): TensorComparison {
  const parameters = shape.reduce((product, size) => product * size, 1);
  const changed = distance > 0 ? parameters : 0;
  return {
    name,
    shape,
    dtype: "F32",
    dtypeInB: "F32",
    parameters,
    distance,
    relativeDistance: norm > 0 ? distance / norm : null,
    rmsChange: distance / Math.sqrt(parameters),
    cosine: 1,
    rotation: 0,
    normA: norm,
    normB: norm,
    maxChange: distance,
    maxChangeAt: null,
    changed,
    changedShare: changed / parameters,
    histogram: { firstExponent: 0, decreases: [], increases: [], unchanged: parameters - changed },
    roundingFloor: null,
    nearRoundingFloor: false,
    nonFinite: 0,
    finiteDistance: distance,
    ...more,
  };
}

/** A comparison of these tensors alone. */
export function comparisonOf(...tensors: TensorComparison[]): Comparison {
  const total = (value: (tensor: TensorComparison) => number) =>
    tensors.reduce((sum, tensor) => sum + value(tensor), 0);
  const distance = Math.sqrt(total((tensor) => (tensor.finiteDistance ?? 0) ** 2));
  const norm = Math.sqrt(total(({ normA }) => (normA ?? 0) ** 2));
  const parameters = total((tensor) => tensor.parameters);
  return {
    ...movedTensor("", distance, { shape: [parameters], norm }),
    changed: total(({ changed }) => changed),
    nonFinite: total(({ nonFinite }) => nonFinite),
    tensors,
    unmatched: { a: [], b: [] },
    onlyInA: [],
    onlyInB: [],
    conflicts: [],
    strippedPrefixes: { a: [], b: [] },
    notCounted: [],
    unreadable: { a: [], b: [] },
  };
}
