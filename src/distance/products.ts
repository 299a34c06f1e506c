import type { FloatArray } from "../checkpoint/checkpoint";
import { CompensatedSum } from "./sum";

/** Elements summed plainly before their sum joins the compensated one: bounds the error, costs nothing. */
const RUN = 1024;

/**
 * Sums of products of two vectors a and b given piece by piece: |a - b|^2, |a|^2, |b|^2 and a.b, in float64.
 * Runs of 1,024 terms in two plain sums each, joined by a compensated sum: the relative error of the squares is below
 * 520 * 2^-53 = 6e-14 in the worst case (and that of a.b relative to the sum of |a_i b_i|), whatever the length.
 */
export class ProductSums {
  private readonly difference = new CompensatedSum();
  private readonly squareA = new CompensatedSum();
  private readonly squareB = new CompensatedSum();
  private readonly dot = new CompensatedSum();
  private bad = 0;

  /** Adds pieces of equal length. Positions where either is not finite are counted and left out. */
  add(a: FloatArray, b: FloatArray): void {
    for (let start = 0; start < a.length; start += RUN)
      this.addRun(a, b, start, Math.min(start + RUN, a.length));
  }

  get sums(): ProductSumValues {
    return {
      difference: this.difference.value,
      squareA: this.squareA.value,
      squareB: this.squareB.value,
      dot: this.dot.value,
      nonFinite: this.bad,
    };
  }

  private addRun(a: FloatArray, b: FloatArray, start: number, end: number): void {
    let difference = 0;
    let squareA = 0;
    let squareB = 0;
    let dot = 0;
    let i = start;
    // Two elements at a time let the processor overlap the additions.
    let difference2 = 0;
    let squareA2 = 0;
    let squareB2 = 0;
    let dot2 = 0;
    for (; i + 1 < end; i += 2) {
      const x = a[i];
      const y = b[i];
      const x2 = a[i + 1];
      const y2 = b[i + 1];
      difference += (x - y) * (x - y);
      difference2 += (x2 - y2) * (x2 - y2);
      squareA += x * x;
      squareA2 += x2 * x2;
      squareB += y * y;
      squareB2 += y2 * y2;
      dot += x * y;
      dot2 += x2 * y2;
    }
    if (i < end) {
      const x = a[i];
      const y = b[i];
      difference += (x - y) * (x - y);
      squareA += x * x;
      squareB += y * y;
      dot += x * y;
    }
    const total = difference + difference2;
    const norms = squareA + squareA2 + (squareB + squareB2);
    // A value that is not finite makes its square so; then, rarely, the run is done again with a look at each.
    if (Number.isFinite(total + norms))
      this.join(total, squareA + squareA2, squareB + squareB2, dot + dot2);
    else this.addFinite(a, b, start, end);
  }

  private addFinite(a: FloatArray, b: FloatArray, start: number, end: number): void {
    for (let i = start; i < end; i++) {
      const x = a[i];
      const y = b[i];
      if (Number.isFinite(x) && Number.isFinite(y))
        this.join((x - y) * (x - y), x * x, y * y, x * y);
      else this.bad++;
    }
  }

  private join(difference: number, squareA: number, squareB: number, dot: number): void {
    this.difference.add(difference);
    this.squareA.add(squareA);
    this.squareB.add(squareB);
    this.dot.add(dot);
  }
}

export interface ProductSumValues {
  /** Sum of (a_i - b_i)^2. */
  readonly difference: number;
  readonly squareA: number;
  readonly squareB: number;
  readonly dot: number;
  /** Positions left out because a or b is infinite or NaN there. */
  readonly nonFinite: number;
}
