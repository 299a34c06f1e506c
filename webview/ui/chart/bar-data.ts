import type { Histogram } from "../../../src/protocol/states";

/** Counts in equal bins, and what they are called. */
export interface BarData extends Histogram {
  /** The same bins of a distribution that the counts are set against; empty without one. */
  readonly expected: readonly number[];
  /** Name of the axis. */
  readonly axis: string;
  /** What a bin holds, for tooltips and screen readers. */
  readonly words: (bin: number) => readonly string[];
}

/** Where a bin begins. */
export function binStart({ from, to, counts }: Histogram, bin: number): number {
  return from + ((to - from) * bin) / counts.length;
}
