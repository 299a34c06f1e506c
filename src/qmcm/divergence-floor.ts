import type { DivergenceFloor } from "../protocol/qmcm";
import { RandomStream } from "../random/stream";
import { klDivergence, normalHistogram } from "./normal-fit";
import { fillNormals } from "./normals";

/** Samples behind each floor. */
const SAMPLES = 200;

/**
 * The KL divergence (Eq. 3) of true normal samples of several sizes, each fitted and binned as distances are: what is
 * left where the distribution is normal and only the number of queries is finite. By Monte Carlo; the sizes of one
 * sample are beginnings of the same numbers, which leaves each floor as it is and saves most of the drawing.
 * @param wanted sizes, two at least
 * @returns a floor for each size, between the quantiles 2.5 % and 97.5 % by linear interpolation
 */
export async function divergenceFloors(
  wanted: readonly number[],
  seed: number,
  onSample: (share: number) => Promise<void>,
): Promise<ReadonlyMap<number, DivergenceFloor>> {
  const sizes = [...new Set(wanted)].sort((a, b) => a - b);
  const found = sizes.map(() => new Float64Array(SAMPLES));
  const values = new Float64Array(sizes.at(-1) ?? 0);
  for (let sample = 0; sample < SAMPLES; sample++) {
    fillNormals(new RandomStream("qmcm", "floor", seed, sample), values);
    divergencesOfBeginnings(values, sizes).forEach((divergence, i) => {
      found[i][sample] = divergence;
    });
    await onSample((sample + 1) / SAMPLES);
  }
  return new Map(sizes.map((size, i) => [size, summary(found[i])]));
}

function divergencesOfBeginnings(values: Float64Array, sizes: readonly number[]): number[] {
  let sum = 0;
  let square = 0;
  let done = 0;
  return sizes.map((size) => {
    for (; done < size; done++) {
      sum += values[done];
      square += values[done] * values[done];
    }
    const mean = sum / size;
    const std = Math.sqrt((square - sum * mean) / (size - 1));
    const histogram = normalHistogram(values.subarray(0, size), mean, std);
    return histogram ? klDivergence(histogram) : 0;
  });
}

function summary(divergences: Float64Array): DivergenceFloor {
  const sorted = divergences.toSorted();
  const quantile = (share: number) => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  };
  const mean = sorted.reduce((total, value) => total + value, 0) / sorted.length;
  return { mean, low: quantile(0.025), high: quantile(0.975) };
}
