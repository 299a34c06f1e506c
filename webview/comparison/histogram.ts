import type { ChangeHistogram } from "../../src/protocol/comparison";

/** Marks of an axis of powers of ten: the exponent and its place from 0 (first bin's start) to 1 (last bin's end). */
export interface DecadeMark {
  readonly exponent: number;
  readonly place: number;
}

const LOG2_10 = Math.log2(10);

/** The powers of ten within a histogram's bins, at most so many. */
export function decadeMarks(
  { firstExponent, increases }: ChangeHistogram,
  most: number,
): readonly DecadeMark[] {
  const bins = increases.length;
  if (bins === 0) return [];
  const from = Math.ceil(firstExponent / LOG2_10);
  const to = Math.floor((firstExponent + bins) / LOG2_10);
  const step = Math.max(1, Math.ceil((to - from + 1) / most));
  const marks: DecadeMark[] = [];
  for (let exponent = Math.ceil(from / step) * step; exponent <= to; exponent += step)
    marks.push({ exponent, place: (exponent * LOG2_10 - firstExponent) / bins });
  return marks;
}

/** The bin with the most changes: its bounds. Null where nothing changed. */
export function commonest({
  firstExponent,
  increases,
  decreases,
}: ChangeHistogram): readonly [number, number] | null {
  if (increases.length === 0) return null;
  const both = increases.map((up, i) => up + decreases[i]);
  const at = both.indexOf(both.reduce((most, one) => Math.max(most, one), 0));
  return [2 ** (firstExponent + at), 2 ** (firstExponent + at + 1)];
}

/** How many changes there are in each direction. */
export function directions({ increases, decreases }: ChangeHistogram): {
  readonly up: number;
  readonly down: number;
} {
  const sum = (counts: readonly number[]): number => counts.reduce((total, one) => total + one, 0);
  return { up: sum(increases), down: sum(decreases) };
}

/** The histogram with empty bins around it, so that it has at least so many: a single bar is not as wide as the page. */
export function padded(histogram: ChangeHistogram, least: number): ChangeHistogram {
  const { increases, decreases, firstExponent } = histogram;
  const missing = least - increases.length;
  if (increases.length === 0 || missing <= 0) return histogram;
  const before = Math.floor(missing / 2);
  const around = (counts: readonly number[]): readonly number[] => [
    ...new Array<number>(before).fill(0),
    ...counts,
    ...new Array<number>(missing - before).fill(0),
  ];
  return {
    ...histogram,
    firstExponent: firstExponent - before,
    increases: around(increases),
    decreases: around(decreases),
  };
}
