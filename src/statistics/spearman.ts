import type { RankCorrelation } from "../protocol/statistics";
import { RandomStream } from "../random/stream";
import { MOST_EXACT, rankProducts } from "./rank-products";
import { midRanks } from "./ranks";

/** Random orders where all of them are too many; the error of a p near 0.05 is then 0.001. */
const ORDERS = 50_000;

/**
 * Spearman's rank correlation with its two-sided p against independence: exact over all orders up to 14 pairs, beyond
 * that from 50,000 random ones, always the same. Null where a side has fewer than two different values.
 * @throws RangeError where the sides differ in length or hold NaN
 */
export function spearman(x: readonly number[], y: readonly number[]): RankCorrelation | null {
  const found = correlate(x, y);
  if (!found) return null;
  const { ranksX, ranksY, spread, rho } = found;
  // Orders of one side's ranks against positions: exact wherever that side has no ties.
  const untied = new Set(x).size === x.length;
  const exact = x.length <= MOST_EXACT && (untied || new Set(y).size === y.length);
  const p = exact ? exactP(untied ? ranksY : ranksX, rho, spread) : randomP(ranksX, ranksY);
  return { rho, p, count: x.length, method: exact ? "exact" : "random orders" };
}

/** The coefficient alone, of any number of pairs at the cost of sorting them. @throws RangeError as `spearman` */
export function spearmanRho(x: readonly number[], y: readonly number[]): number | null {
  return correlate(x, y)?.rho ?? null;
}

function correlate(x: readonly number[], y: readonly number[]) {
  if (x.length !== y.length) throw new RangeError("spearman: sides of different length");
  const [ranksX, ranksY] = [midRanks(x), midRanks(y)];
  const spread = Math.sqrt(scatter(ranksX, ranksX) * scatter(ranksY, ranksY));
  return spread > 0 ? { ranksX, ranksY, spread, rho: scatter(ranksX, ranksY) / spread } : null;
}

function scatter(x: readonly number[], y: readonly number[]): number {
  const middle = (x.length + 1) / 2;
  return x.reduce((sum, value, i) => sum + (value - middle) * (y[i] - middle), 0);
}

/** Share of all orders whose correlation is as far from 0. */
function exactP(ranks: readonly number[], rho: number, spread: number): number {
  const n = ranks.length;
  const centre = (n * (n + 1) ** 2) / 4;
  let p = 0;
  for (const [doubled, probability] of rankProducts(ranks))
    if (Math.abs((doubled / 2 - centre) / spread) >= Math.abs(rho) - 1e-9) p += probability;
  return Math.min(1, p);
}

function randomP(x: readonly number[], y: readonly number[]): number {
  const stream = new RandomStream("spearman", x.length);
  const order = Uint32Array.from(y, (_, i) => i);
  const seen = Math.abs(scatter(x, y)) - 1e-9;
  let asFar = 1;
  for (let i = 0; i < ORDERS; i++) {
    stream.shuffle(order);
    const shuffled = Array.from(order, (at) => y[at]);
    if (Math.abs(scatter(x, shuffled)) >= seen) asFar++;
  }
  return asFar / (ORDERS + 1);
}
