import type { Comparison, Movement } from "../protocol/comparison";
import { joinSums, type ChangeSums } from "./change-sums";
import type { TensorPair } from "./match-tensors";
import { movement } from "./movement";
import { unitRoundoff } from "./rounding-floor";

/**
 * Figures of all pairs together and of each.
 * @param sums of each pair
 */
export function figuresOf(
  pairs: readonly TensorPair[],
  sums: readonly ChangeSums[],
): Movement & Pick<Comparison, "tensors"> {
  const roundingSquares = pairs.map(
    (pair, i) => unitRoundoff(pair.a.dtype, pair.b.dtype) ** 2 * sums[i].squareA,
  );
  const place = (i: number) => ({ tensor: pairs[i].a.name, index: sums[i].maxIndex });
  const total = joinSums(sums);
  const largest = total.max > 0 ? sums.findIndex(({ max }) => max === total.max) : -1;
  return {
    ...movement(
      total,
      largest < 0 ? null : place(largest),
      roundingSquares.reduce((sum, square) => sum + square, 0),
    ),
    tensors: pairs.map(({ a, b }, i) => ({
      name: a.name,
      ...(a.name === b.name ? {} : { nameInB: b.name }),
      shape: a.shape,
      dtype: a.dtype,
      dtypeInB: b.dtype,
      ...movement(sums[i], sums[i].max > 0 ? place(i) : null, roundingSquares[i]),
    })),
  };
}
