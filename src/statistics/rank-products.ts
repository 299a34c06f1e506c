/** Values above which 2^n sets of ranks take too long. */
export const MOST_EXACT = 14;

/** How many orders of some ranks, all as likely, give each Σ i * rank(i): pairs of sum and probability, sums doubled. */
export type SumDistribution = ReadonlyMap<number, number>;

/** Distributions found before, by their ranks: eleven of them take half a second, and are asked for again and again. */
const known = new Map<string, SumDistribution>();
const mostKnown = 16;

/**
 * Distribution of Σ i * R(i), i from 1 to n, over all n! orders R of the ranks given (with ties: mid-ranks), by adding
 * positions one by one to each set of ranks used so far: 2^n sets instead of n! orders. Sums are doubled, which makes
 * mid-ranks whole.
 * @throws RangeError for more than 14 ranks
 */
export function rankProducts(ranks: readonly number[]): SumDistribution {
  if (ranks.length > MOST_EXACT)
    throw new RangeError(`rank products: more than ${MOST_EXACT} ranks`);
  const sorted = ranks.toSorted((a, b) => a - b);
  const name = sorted.join();
  const found = known.get(name) ?? distributionOf(sorted);
  known.delete(name);
  known.set(name, found);
  if (known.size > mostKnown) known.delete([...known.keys()][0]);
  return found;
}

function distributionOf(ranks: readonly number[]): SumDistribution {
  const n = ranks.length;
  const doubled = ranks.map((rank) => 2 * rank);
  const sets: (Map<number, number> | undefined)[] = [new Map([[0, 1]])];
  const all = 2 ** n - 1;
  for (let used = 0; used < all; used++) {
    const sums = sets[used]!;
    sets[used] = undefined;
    const position = bits(used) + 1;
    const chance = 1 / (n - position + 1);
    for (let j = 0; j < n; j++)
      if (!(used & (1 << j)))
        addShifted(
          (sets[used | (1 << j)] ??= new Map<number, number>()),
          sums,
          position * doubled[j],
          chance,
        );
  }
  return sets[all]!;
}

/** The distribution of the sum of two independent sums. */
export function convolve(x: SumDistribution, y: SumDistribution): SumDistribution {
  const result = new Map<number, number>();
  for (const [shift, chance] of y) addShifted(result, x, shift, chance);
  return result;
}

/** Adds to `target` the distribution of a sum that is larger by `shift`, weighted by `chance`. */
function addShifted(
  target: Map<number, number>,
  sums: SumDistribution,
  shift: number,
  chance: number,
): void {
  for (const [sum, probability] of sums)
    target.set(sum + shift, (target.get(sum + shift) ?? 0) + probability * chance);
}

function bits(set: number): number {
  let count = 0;
  for (let rest = set; rest; rest &= rest - 1) count++;
  return count;
}
