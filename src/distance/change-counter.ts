import type { FloatArray } from "../checkpoint/checkpoint";
import { BINS } from "./change-sums";

/** Changes looked at together: their bits stay in the processor's first cache. */
const RUN = 1024;
const SIGN_AND_EXPONENT = 23;
const EXPONENT = 0xff;

const changes = new Float32Array(RUN);
const bits = new Uint32Array(changes.buffer);

/** Counts changes b - a by sign and power of two, and finds the largest, of two vectors given piece by piece. */
export class ChangeCounter {
  readonly bins = new Float64Array(BINS);
  unchanged = 0;
  max = 0;
  maxIndex = -1;
  private seen = 0;

  /** Adds pieces of equal length. Positions where either is not finite are left out. */
  add(a: FloatArray, b: FloatArray): void {
    for (let start = 0; start < a.length; start += RUN)
      this.addRun(a, b, start, Math.min(start + RUN, a.length));
    this.seen += a.length;
  }

  private addRun(a: FloatArray, b: FloatArray, start: number, end: number): void {
    const { bins } = this;
    for (let i = start; i < end; i++) {
      const size = Math.abs(b[i] - a[i]);
      if (size > this.max && Number.isFinite(a[i]) && Number.isFinite(b[i])) {
        this.max = size;
        this.maxIndex = this.seen + i;
      }
      changes[i - start] = b[i] - a[i];
    }
    for (let i = start; i < end; i++) {
      const bin = bits[i - start] >>> SIGN_AND_EXPONENT;
      const exponent = bin & EXPONENT;
      // Zeros and what float32 does not hold need a second look.
      if (exponent === 0 && a[i] === b[i]) this.unchanged++;
      else if (exponent !== EXPONENT || (Number.isFinite(a[i]) && Number.isFinite(b[i])))
        bins[bin]++;
    }
  }
}
