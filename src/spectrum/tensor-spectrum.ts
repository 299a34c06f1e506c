import type { Checkpoint } from "../checkpoint/checkpoint";
import type { DType } from "../checkpoint/dtype";
import { CheckpointError } from "../checkpoint/error";
import { unitRoundoff } from "../distance/rounding-floor";
import type { TensorComparison } from "../protocol/comparison";
import type { TensorSpectrum } from "../protocol/spectrum";
import { ChangeMatrix } from "./change-matrix";
import { effectiveRank, type EffectiveRank } from "./effective-rank";
import { entropyRank } from "./entropy";
import { matrixShape } from "./matrix-shape";
import type { Products } from "./products";
import { effectiveRankBounds, noiseStableRank, roundingSigma } from "./ranks";
import { singularValues, type SingularValues } from "./singular-values";

export interface SpectrumOptions {
  /** Singular values to report. */
  readonly count: number;
  /** Bytes up to which a change is kept in memory; a larger one is read again for each product. */
  readonly memoryBytes: number;
}

/** Error of a rank that the singular values' own makes, as a share. */
const ROUNDING = 1e-5;
/** Shares of σ₁ below which rounding in the products hides a singular value. */
const HIDDEN = { float32: 1e-6, float64: 1e-8, exact: 1e-8 };

/**
 * The leading singular values of a tensor's change, and its ranks.
 * @param moved the tensor as compared: moved, with finite values alone, of two axes or more
 * @throws CheckpointError where a file cannot be read or has changed
 */
export async function tensorSpectrum(
  a: Checkpoint,
  b: Checkpoint,
  moved: TensorComparison,
  products: Products,
  { count, memoryBytes }: SpectrumOptions,
): Promise<TensorSpectrum> {
  const { name, nameInB = name, shape, distance } = moved;
  const [left, right] = [a.tensor(name), b.tensor(nameInB)];
  const matrix = matrixShape(moved, a.format);
  if (!left || !right || !matrix || !distance)
    throw new CheckpointError(a.path, `${name} has no spectrum`);
  const { rows, columns } = matrix;
  const pair = { a: left, b: right };
  const change = new ChangeMatrix({ a, b, pair, rows, columns }, products, memoryBytes);
  const found = await singularValues(change, count, products).finally(() => {
    change.release();
  });
  const [largest] = found.values;
  const noiseLevel =
    roundingSigma(roundoff(left.dtype), moved.normA ?? 0, rows, columns) +
    roundingSigma(roundoff(right.dtype), moved.normB ?? 0, rows, columns) +
    HIDDEN[found.precision] * largest;
  const rank = found.values.filter((value) => value > noiseLevel).length;

  const shown = found.values.slice(0, count);
  const square = distance ** 2;
  return {
    name,
    shape,
    ...matrix,
    singularValues: shown,
    errorBounds: found.errorBounds.slice(0, count),
    estimatedError: found.estimatedError,
    frobenius: distance,
    explained: Math.min(1, shown.reduce((sum, value) => sum + value ** 2, 0) / square),
    stableRank: Math.max(1, square / largest ** 2),
    noiseStableRank: noiseStableRank(rows, columns),
    effectiveRank: await rankOf(found, distance, change, products),
    rank: rank === found.values.length && !found.complete ? null : rank,
    noiseLevel,
    precision: found.precision,
  };
}

async function rankOf(
  { values, refined, space }: SingularValues,
  frobenius: number,
  { short: possible, precision }: ChangeMatrix,
  products: Products,
): Promise<EffectiveRank> {
  if (!space) return { value: entropyRank(refined), error: 0 };
  const estimate = await effectiveRank({ space, frobenius, possible, precision }, products);
  return narrowed(estimate, effectiveRankBounds(refined, values.length, frobenius, possible));
}

/** An estimate, or where bounds are tighter these. */
function narrowed(
  estimate: EffectiveRank,
  { low, high }: { readonly low: number; readonly high: number },
): EffectiveRank {
  const best =
    (high - low) / 2 < estimate.error
      ? { value: (low + high) / 2, error: (high - low) / 2 }
      : estimate;
  return { value: best.value, error: Math.max(ROUNDING * best.value, best.error) };
}

function roundoff(dtype: DType): number {
  return unitRoundoff(dtype, dtype) || (dtype === "F64" ? 2 ** -53 : 2 ** -24);
}
