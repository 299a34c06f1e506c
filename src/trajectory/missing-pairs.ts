import type { KnownSquares, SeriesSquares } from "./series-sums";

/** What is still to be measured of a tensor over a series. */
export interface MissingPairs {
  /** For each checkpoint, which of its squares. */
  readonly pairs: readonly { readonly [Pair in keyof SeriesSquares]: boolean }[];
  /** Whether the checkpoint must be read for that: for a square of its own, or as another's first, last or previous. */
  readonly read: readonly boolean[];
}

/**
 * @param toLast whether distances to the last are worth reading for; where all is read anyway, they are taken along
 */
export function missingPairs(known: readonly KnownSquares[], toLast: boolean): MissingPairs {
  if (toLast) return missing(known, true);
  const others = missing(known, false);
  return others.read.every(Boolean) ? missing(known, true) : others;
}

function missing(known: readonly KnownSquares[], toLast: boolean): MissingPairs {
  const pairs = known.map((square) => ({
    fromFirst: square.fromFirst === null,
    toLast: toLast && square.toLast === null,
    fromPrevious: square.fromPrevious === null,
    norm: square.norm === null,
  }));
  const own = pairs.map((pair) => Object.values(pair).includes(true));
  const last = known.length - 1;
  const read = own.map(
    (needed, t) =>
      needed ||
      (t < last && pairs[t + 1].fromPrevious) ||
      (t === 0 && pairs.some((pair) => pair.fromFirst)) ||
      (t === last && pairs.some((pair) => pair.toLast)),
  );
  return { pairs, read };
}

/** Fills in what is known under another name: d(w_0, w_T), d(w_{T-1}, w_T). */
export function withMirrored(known: readonly KnownSquares[]): KnownSquares[] {
  const last = known.length - 1;
  return known.map((square, t) => {
    const end = known[last];
    const toLast = t === 0 ? end.fromFirst : t === last - 1 ? end.fromPrevious : null;
    return square.toLast === null && toLast !== null ? { ...square, toLast } : square;
  });
}
