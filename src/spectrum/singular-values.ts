import type { ChangeMatrix } from "./change-matrix";
import { jacobi } from "./jacobi";
import { leadingSpace, LOST, type LeadingSpace } from "./krylov";
import { squaredNorm, widened } from "./matrix";
import { orthonormalRows } from "./orthonormal-rows";
import type { Products } from "./products";

/** Sides up to which all singular values are computed, directly. */
const DIRECT = 96;
/** Vectors beyond those wanted: they tell how far off the next values are. */
const BEYOND = 6;
/** Estimated error from which on rounding to float32 does not matter beside it. */
const COARSE = 1e-4;

export interface SingularValues {
  /** Largest first, each at most the exact one but for rounding; fewer than wanted where the rest is rounding. */
  readonly values: readonly number[];
  /** Within this of each lies a singular value. */
  readonly errorBounds: readonly number[];
  readonly estimatedError: number;
  /** Whether there are no more but what is rounding. */
  readonly complete: boolean;
  readonly precision: "float32" | "float64" | "exact";
  /** Where they come from; null where they are all there are. */
  readonly space: LeadingSpace | null;
  /** These and a few more, where they were refined in float64. */
  readonly refined: readonly number[];
}

/**
 * The largest singular values of a change: all for a short side of up to 96, else `wanted` from a Krylov space, refined
 * in float64 (Rayleigh and Ritz) where they are that exact.
 */
export async function singularValues(
  matrix: ChangeMatrix,
  wanted: number,
  products: Products,
): Promise<SingularValues> {
  if (matrix.short <= DIRECT) {
    const refined = await rayleighRitz(matrix, identity(matrix.short), Infinity, products);
    return {
      ...refined,
      estimatedError: 0,
      complete: true,
      precision: "exact",
      space: null,
      refined: refined.values,
    };
  }
  const space = await leadingSpace(matrix, wanted, wanted + BEYOND, products);
  const { estimatedError, complete } = space;
  const refined =
    estimatedError > COARSE
      ? null
      : await rayleighRitz(matrix, widened(space.vectors), wanted, products);
  const { values, errorBounds } = refined ?? space;
  const rounding = roundingError(values.slice(0, wanted), LOST[matrix.precision]);
  return {
    values: values.slice(0, wanted),
    errorBounds: errorBounds.slice(0, wanted),
    estimatedError: Math.max(estimatedError, rounding),
    complete,
    precision: matrix.precision,
    space,
    refined: refined?.values ?? [],
  };
}

/** Singular values of Δ in a space [p, short], with products in float64, and the residuals of `wanted` of them. */
async function rayleighRitz(
  matrix: ChangeMatrix,
  space: Float64Array,
  wanted: number,
  products: Products,
): Promise<Pick<SingularValues, "values" | "errorBounds">> {
  const { short, long } = matrix;
  const basis = await orthonormalRows(space, short, 0, products);
  const count = basis.length / short;
  const image = widened(await matrix.toLong(basis, true));
  const gram = await products.timesTransposed(image, image, long);
  const { vectors: rotation } = jacobi(gram, count);
  const right = await products.times(rotation, basis, short);
  const left = await products.times(rotation, image, long);
  const values = Array.from({ length: count }, (_, i) =>
    Math.sqrt(squaredNorm(left.subarray(i * long, (i + 1) * long))),
  );
  values.forEach((value, i) => {
    for (let at = i * long; at < (i + 1) * long; at++) left[at] /= value === 0 ? 1 : value;
  });
  const kept = Math.min(wanted, count);
  const back = widened(await matrix.toShort(left.subarray(0, kept * long), wanted === Infinity));
  const errorBounds = values.slice(0, kept).map((value, i) => {
    let square = 0;
    for (let at = i * short; at < (i + 1) * short; at++)
      square += (back[at] - value * right[at]) ** 2;
    // Of the residuals of both singular vectors together one is 0: |(0, r)| / |(u, v)|.
    return Math.sqrt(square / 2);
  });
  return { values, errorBounds };
}

/** Largest relative error that rounding of products makes: it turns a vector by a share of σ₁ / σ. */
function roundingError(values: readonly number[], lost: number): number {
  const shares = values.map((value) => (lost * values[0]) / value).filter((share) => share < 1);
  return Math.max(0, ...shares.map((share) => Math.min(1, (5 * share) ** 2)));
}

function identity(n: number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) matrix[i * n + i] = 1;
  return matrix;
}
