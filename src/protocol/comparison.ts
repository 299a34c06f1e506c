/**
 * What `inspect --json` and `diff --json` print and a checkpoint view draws. Plain data only. A distance is
 * Euclidean (L2), over float tensors, accumulated in float64.
 */

/** A tensor as the file lists it. */
export interface InspectedTensor {
  readonly name: string;
  /** Container of the weights in a file with more than weights, such as "state_dict"; absent where there is none. */
  readonly part?: string;
  /** What it is to the network: "weight", "buffer", "average", "optimizer" or "other". */
  readonly role: string;
  /** Such as "F32" or "BF16", as safetensors names element types. */
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Number of elements. */
  readonly parameters: number;
}

/** What a checkpoint holds beside its tensors: a name, and why it is not read, such as "holds text". */
export interface Unreadable {
  readonly name: string;
  readonly reason: string;
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
  readonly unreadable: readonly Unreadable[];
  /** How many checksums that the file stores were verified, all right; absent where that was not asked for. */
  readonly verified?: number;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Changes b - a, in float64, by sign and power of two: `increases[i]` and `decreases[i]` count those of
 * 2^(firstExponent + i) <= |b - a| < 2^(firstExponent + i + 1). Exponent -1022 also holds all smaller ones, 1023 also
 * those that overflow. Both lists have one length and reach from the smallest change to the largest; both are empty where
 * nothing changed. Histograms of several tensors add up bin by bin.
 */
export interface ChangeHistogram {
  readonly firstExponent: number;
  readonly decreases: readonly number[];
  readonly increases: readonly number[];
  /** Elements with a = b, which have no place on a scale of logarithms. */
  readonly unchanged: number;
}

/** Where the largest change is. */
export interface ChangePlace {
  /** Name of the tensor in a. */
  readonly tensor: string;
  /** Row-major index in the tensor; the first of equals. */
  readonly index: number;
}

/** How far one tensor, or all together, moved from a to b. */
export interface Movement {
  /** Number of elements compared. */
  readonly parameters: number;
  /** Null where a value is infinite or NaN, or the squares overflow. */
  readonly distance: number | null;
  /** Over the norm of a; null where that is 0 or the distance is null. */
  readonly relativeDistance: number | null;
  /** Distance over the square root of `parameters`; null where there are none or the distance is null. */
  readonly rmsChange: number | null;
  /** Cosine of the angle between a and b; null where either norm is 0 or a value is not finite. */
  readonly cosine: number | null;
  /** Layer rotation, 1 - cosine, to full precision where it is small; null where the cosine is. */
  readonly rotation: number | null;
  /** Norms over the positions where both are finite; null where the squares overflow. */
  readonly normA: number | null;
  readonly normB: number | null;
  /** Largest |b - a| where both are finite; null where there is no such position or it overflows. */
  readonly maxChange: number | null;
  /** Where that is; null where nothing changed. */
  readonly maxChangeAt: ChangePlace | null;
  /** Elements with a != b, of those that are finite in both. */
  readonly changed: number;
  /** Share of them, from 0 to 1; null where no element is finite in both. */
  readonly changedShare: number | null;
  readonly histogram: ChangeHistogram;
  /**
   * RMS change that rounding to the files' types may cause: unit roundoff times RMS weight, for bfloat16, float16 and
   * float8 (tensors of wider types add none). Null where all are wider, or are quantised, or the norm is null.
   */
  readonly roundingFloor: number | null;
  /** Whether the tensor changed, but by no more than `roundingFloor`: rounding may be all or most of it. */
  readonly nearRoundingFloor: boolean;
  /** Positions at which a or b is infinite or NaN. */
  readonly nonFinite: number;
  /** Distance over the other positions: equal to `distance` where `nonFinite` is 0. Null where squares overflow. */
  readonly finiteDistance: number | null;
}

export interface TensorComparison extends Movement {
  /** Name in a, as it is in the file. */
  readonly name: string;
  /** Name in b, where it differs. */
  readonly nameInB?: string;
  readonly shape: readonly number[];
  /** Element types, as InspectedTensor has them. */
  readonly dtype: string;
  readonly dtypeInB: string;
}

/** A tensor of both files that cannot be compared. */
export interface TensorConflict {
  readonly name: string;
  readonly nameInB?: string;
  /** Whether the shapes differ, or only one holds floats. */
  readonly reason: "shape" | "type";
  readonly a: { readonly dtype: string; readonly shape: readonly number[] };
  readonly b: { readonly dtype: string; readonly shape: readonly number[] };
}

/** `diff --json`: the movement over all matched float tensors, then by tensor. */
export interface Comparison extends Movement {
  /** Float tensors with one name and shape in both, in the order of a. Tied ones count once per name. */
  readonly tensors: readonly TensorComparison[];
  /** Names in one alone, or in both with different shapes, or float in one alone. */
  readonly unmatched: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Why they are unmatched: in one alone, */
  readonly onlyInA: readonly string[];
  readonly onlyInB: readonly string[];
  /** or in both, but not to be compared. */
  readonly conflicts: readonly TensorConflict[];
  /** Prefixes that were taken off names so that they match, such as "module."; empty where none was. */
  readonly strippedPrefixes: { readonly a: readonly string[]; readonly b: readonly string[] };
  /** Matched tensors of integers or booleans, which are not counted. */
  readonly notCounted: readonly string[];
  /** What the files hold beside the tensors that can be read. */
  readonly unreadable: { readonly a: readonly Unreadable[]; readonly b: readonly Unreadable[] };
}
