/** Spectra of changes: what `diff --spectrum` adds to a comparison. Plain data only. */

/** Leading singular values of the change Δ = b - a of one tensor, as a matrix. */
export interface TensorSpectrum {
  /** Name in a. */
  readonly name: string;
  readonly shape: readonly number[];
  /**
   * How the tensor was made a matrix of `rows` x `columns`: its first axis against the rest, as PyTorch lays out
   * kernels, or the rest against its last, as Keras and TensorFlow do. For two axes it makes no difference.
   */
  readonly layout: "first x rest" | "rest x last";
  readonly rows: number;
  readonly columns: number;
  /** Largest first, never more than the exact ones but for rounding; fewer than asked for where the rest is rounding. */
  readonly singularValues: readonly number[];
  /** A singular value of Δ lies within this of each, by the residual of its vectors. */
  readonly errorBounds: readonly number[];
  /** Estimated relative error of the least certain of them; about 1.5e-2 of flat spectra, above 2e-2 where the iteration met its limit. */
  readonly estimatedError: number;
  /** ‖Δ‖_F, exact: the tensor's distance. */
  readonly frobenius: number;
  /** Share of ‖Δ‖_F² in these singular values. */
  readonly explained: number;
  /** ‖Δ‖_F² / σ₁², between 1 and min(rows, columns). */
  readonly stableRank: number;
  /** What a matrix of independent normal numbers of this size has: rows columns / (√rows + √columns)². */
  readonly noiseStableRank: number;
  /**
   * exp of the entropy of σ_i / Σσ (Roy and Vetterli 2007), between 1 and min(rows, columns): of all σ where they are
   * few, else estimated, within `error` in at least 99 of 100 cases.
   */
  readonly effectiveRank: { readonly value: number; readonly error: number };
  /** Singular values above `noiseLevel`; null where all computed ones are, so that there may be more. */
  readonly rank: number | null;
  /** Largest singular value that rounding of a and b to their types alone may give Δ, and rounding here. */
  readonly noiseLevel: number;
  /** Precision of the products with Δ; the singular values themselves are summed in float64. */
  readonly precision: "float32" | "float64" | "exact";
}

export interface Spectra {
  readonly tensors: readonly TensorSpectrum[];
  /** Tensors of two axes or more without a spectrum, and why. */
  readonly left: readonly { readonly name: string; readonly reason: string }[];
}
