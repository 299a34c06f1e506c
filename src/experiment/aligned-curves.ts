/** Values along a run, several kinds at the same places. */
export interface Curve {
  /** Steps or the like, rising; at least one. */
  readonly at: readonly number[];
  /** Of each kind as many. */
  readonly values: readonly (readonly number[])[];
}

/** Curves that are read at the same number of places. */
export interface AlignedCurves {
  readonly curves: readonly Curve[];
  /**
   * False where all have the same places. True where they do not, as of trainings of different length: each is then read at
   * equal shares of its own, linearly between its places.
   */
  readonly interpolated: boolean;
}

/**
 * Brings curves of runs to a common number of places, so that means can be taken at each.
 * @param shares how many equal parts those of different places are read at the ends of
 */
export function alignedCurves(curves: readonly Curve[], shares: number): AlignedCurves {
  const places = curves.at(0)?.at ?? [];
  const alike = curves.every(
    ({ at }) => at.length === places.length && at.every((place, i) => place === places[i]),
  );
  return alike
    ? { curves, interpolated: false }
    : { curves: curves.map((curve) => atEqualShares(curve, shares)), interpolated: true };
}

function atEqualShares({ at, values }: Curve, shares: number): Curve {
  const [first, last] = [at[0], at[at.length - 1]];
  const places = Array.from(
    { length: shares + 1 },
    (_, i) => first + ((last - first) * i) / shares,
  );
  return { at: places, values: values.map((of) => places.map((place) => read(at, of, place))) };
}

/** Linear between the two places about it. */
function read(at: readonly number[], values: readonly number[], place: number): number {
  const after = at.findIndex((known) => known >= place);
  if (after < 0) return values[values.length - 1];
  if (after === 0) return values[0];
  const weight = (place - at[after - 1]) / (at[after] - at[after - 1]);
  return values[after - 1] + weight * (values[after] - values[after - 1]);
}
