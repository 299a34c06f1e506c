/**
 * Spearman's rank correlation of two lists of one length, equal values sharing their mean rank; null for fewer than two
 * or where a list is constant.
 */
export function rankCorrelation(x: readonly number[], y: readonly number[]): number | null {
  const [a, b] = [ranks(x), ranks(y)];
  const mean = (a.length + 1) / 2;
  let product = 0;
  let squareA = 0;
  let squareB = 0;
  a.forEach((rank, i) => {
    product += (rank - mean) * (b[i] - mean);
    squareA += (rank - mean) ** 2;
    squareB += (b[i] - mean) ** 2;
  });
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : null;
}

function ranks(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((i, j) => values[i] - values[j]);
  const result = new Array<number>(values.length);
  for (let start = 0, end = 0; start < order.length; start = end) {
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let at = start; at < end; at++) result[order[at]] = (start + 1 + end) / 2;
  }
  return result;
}
