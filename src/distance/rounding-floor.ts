import type { DType } from "../checkpoint/dtype";

/** Unit roundoff: the largest relative error of rounding to nearest, 2^-p for p significant bits (Higham 2002, 2.2). */
const unitRoundoffs: Partial<Record<DType, number>> = {
  BF16: 2 ** -8,
  F16: 2 ** -11,
  F8_E4M3: 2 ** -4,
  F8_E5M2: 2 ** -3,
};

/** Of the coarser of two element types; 0 where neither rounds more than float32 does. */
export function unitRoundoff(a: DType, b: DType): number {
  return Math.max(unitRoundoffs[a] ?? 0, unitRoundoffs[b] ?? 0);
}
