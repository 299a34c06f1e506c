import type { Spectra } from "../protocol/spectrum";
import type { RankFacts } from "../protocol/summary";

/** Stable rank over that of noise below which a change is called concentrated. */
const CONCENTRATED = 0.25;

/** What the spectra say together; null where there are none, or nothing moved. */
export function rankFacts(spectra: Spectra | undefined): RankFacts | null {
  const moved = spectra?.tensors.filter(({ frobenius }) => frobenius > 0) ?? [];
  if (moved.length === 0) return null;
  const possible = ({ rows, columns }: (typeof moved)[number]) => Math.min(rows, columns);
  const low = moved.filter((one) => one.rank !== null && one.rank <= possible(one) / 2);
  const ofNoise = median(moved.map((one) => one.stableRank / one.noiseStableRank));
  return {
    matrices: moved.length,
    lowRank: low.length,
    largestRank: low.length === 0 ? null : Math.max(...low.map(({ rank }) => rank ?? 0)),
    stableRank: median(moved.map(({ stableRank }) => stableRank)),
    possibleRank: median(moved.map(possible)),
    ofNoise,
    verdict:
      low.length > moved.length / 2 ? "low rank" : ofNoise < CONCENTRATED ? "concentrated" : "full",
  };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
