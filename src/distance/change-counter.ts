import type { FloatArray } from "../checkpoint/checkpoint";
import type { ChangeHistogram } from "../protocol/comparison";
import { BINS, changeHistogram } from "./histogram";

/** Changes looked at together: their bits stay in the processor's first cache. */
const RUN = 1024;
/** Of a change's upper half: where its sign and exponent begin, and the exponent's bits. */
const SIGN_AND_EXPONENT = 20;
const EXPONENT = 0x7ff;

const changes = new Float64Array(RUN);
const halves = new Uint32Array(changes.buffer);

/** Counts changes b - a by sign and power of two, and finds the largest, of two vectors given piece by piece. */
export class ChangeCounter {
  max = 0;
  maxIndex = -1;
  private readonly bins = new Float64Array(BINS);
  private unchanged = 0;
  private seen = 0;

  /** Adds pieces of equal length. Positions where either is not finite are left out. */
  add(a: FloatArray, b: FloatArray): void {
    for (let start = 0; start < a.length; start += RUN)
      this.addRun(a, b, start, Math.min(start + RUN, a.length));
    this.seen += a.length;
  }

  get histogram(): ChangeHistogram {
    return changeHistogram(this.bins, this.unchanged);
  }

  private addRun(a: FloatArray, b: FloatArray, start: number, end: number): void {
    const { bins } = this;
    for (let i = start; i < end; i++) {
      const change = b[i] - a[i];
      changes[i - start] = change;
      if (Math.abs(change) > this.max && Number.isFinite(a[i]) && Number.isFinite(b[i])) {
        this.max = Math.abs(change);
        this.maxIndex = this.seen + i;
      }
    }
    for (let i = start; i < end; i++) {
      const bin = halves[2 * (i - start) + 1] >>> SIGN_AND_EXPONENT;
      const exponent = bin & EXPONENT;
      // Zeros, what is smaller than the normal numbers, and what is beyond them, need a second look.
      if (exponent === 0 && a[i] === b[i]) this.unchanged++;
      else if (exponent === 0) bins[bin + 1]++;
      else if (exponent !== EXPONENT) bins[bin]++;
      else if (Number.isFinite(a[i]) && Number.isFinite(b[i])) bins[bin - 1]++;
    }
  }
}
