import type { FloatArray } from "../checkpoint/checkpoint";
import { CompensatedSum } from "../distance/sum";

/** Elements summed plainly before their sum joins the compensated one, as in distance/products. */
const RUN = 1024;

/**
 * Squared distances of one tensor of w_t to that of w_0, w_T and w_{t-1}, and its squared norm, from pieces of all four.
 * Infinite or NaN where a value is, or where the squares overflow.
 */
export class SeriesSums {
  private readonly first = new CompensatedSum();
  private readonly last = new CompensatedSum();
  private readonly previous = new CompensatedSum();
  private readonly square = new CompensatedSum();

  /** Adds pieces of one length. */
  add(w: FloatArray, w0: FloatArray, wT: FloatArray, wPrevious: FloatArray): void {
    for (let start = 0; start < w.length; start += RUN) {
      let first = 0;
      let last = 0;
      let previous = 0;
      let square = 0;
      const end = Math.min(start + RUN, w.length);
      for (let i = start; i < end; i++) {
        const x = w[i];
        const toFirst = x - w0[i];
        const toLast = x - wT[i];
        const toPrevious = x - wPrevious[i];
        first += toFirst * toFirst;
        last += toLast * toLast;
        previous += toPrevious * toPrevious;
        square += x * x;
      }
      this.first.add(first);
      this.last.add(last);
      this.previous.add(previous);
      this.square.add(square);
    }
  }

  get sums(): SeriesSquares {
    return {
      fromFirst: this.first.value,
      toLast: this.last.value,
      fromPrevious: this.previous.value,
      norm: this.square.value,
    };
  }
}

/** Squares, in float64; NaN or infinite where a value is. */
export interface SeriesSquares {
  readonly fromFirst: number;
  readonly toLast: number;
  readonly fromPrevious: number;
  readonly norm: number;
}

/** Squares as far as they were measured; null where not. */
export type KnownSquares = { readonly [Pair in keyof SeriesSquares]: SeriesSquares[Pair] | null };

export const unknown: KnownSquares = {
  fromFirst: null,
  toLast: null,
  fromPrevious: null,
  norm: null,
};

/** Sums over several tensors of one checkpoint; unknown where one is. */
export function joinSquares(parts: readonly KnownSquares[]): KnownSquares {
  const total = (pick: (part: KnownSquares) => number | null) => {
    const sum = new CompensatedSum();
    for (const part of parts) {
      const square = pick(part);
      if (square === null) return null;
      sum.add(square);
    }
    return sum.value;
  };
  return {
    fromFirst: total((part) => part.fromFirst),
    toLast: total((part) => part.toLast),
    fromPrevious: total((part) => part.fromPrevious),
    norm: total((part) => part.norm),
  };
}
