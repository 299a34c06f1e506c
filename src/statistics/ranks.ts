/** Ranks from 1, ties sharing the mean of theirs. @throws RangeError on NaN, which has no rank */
export function midRanks(values: readonly number[]): number[] {
  if (values.some(Number.isNaN)) throw new RangeError("ranks: a value is not a number");
  const order = values.map((_, i) => i).sort((i, j) => values[i] - values[j]);
  const ranks = new Array<number>(values.length);
  for (let start = 0, end; start < order.length; start = end) {
    end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end + 1) / 2;
  }
  return ranks;
}
