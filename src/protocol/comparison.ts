/**
 * What `inspect --json` and `diff --json` print and a checkpoint view draws. Plain data only. A distance is
 * Euclidean (L2), over float tensors, accumulated in float64.
 */

/** A tensor as the file lists it. */
export interface InspectedTensor {
  readonly name: string;
  /** Such as "F32" or "BF16", as safetensors names element types. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly parameters: number;
}

/** `inspect --json`: what is in a checkpoint, without its values. */
export interface Inspection {
  readonly file: string;
  /** Such as "safetensors". */
  readonly format: string;
  readonly tensors: readonly InspectedTensor[];
  /** Elements of all tensors; of float tensors alone. */
  readonly parameters: number;
  readonly floatParameters: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/** How far one tensor, or all together, moved from a to b. */
export interface Movement {
  /** Number of elements compared. */
  readonly parameters: number;
  /** Null where a value is infinite or NaN, or the squares overflow. */
  readonly distance: number | null;
  /** Over the norm of a; null where that is 0 or the distance is null. */
  readonly relativeDistance: number | null;
  /** Cosine of the angle between a and b; null where either norm is 0 or a value is not finite. */
  readonly cosine: number | null;
  /** Positions at which a or b is infinite or NaN. */
  readonly nonFinite: number;
  /** Distance over the other positions: equal to `distance` where `nonFinite` is 0. Null where squares overflow. */
  readonly finiteDistance: number | null;
}

export interface TensorComparison extends Movement {
  readonly name: string;
  readonly shape: readonly number[];
}

/** `diff --json`: the movement over all matched float tensors, then by tensor. */
export interface Comparison extends Movement {
  /** Float tensors with one name and shape in both, in the order of a. */
  readonly tensors: readonly TensorComparison[];
  /** Names in one alone, or in both with different shapes, or float in one alone. */
  readonly unmatched: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Matched tensors of integers or booleans, which are not counted. */
  readonly notCounted: readonly string[];
}
