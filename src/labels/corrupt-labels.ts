import { RandomStream } from "../random/stream";

/** How chosen labels are corrupted: permuted among themselves, or each drawn anew among all kinds. */
export type CorruptionKind = "shuffle" | "uniform";

export interface CorruptedLabels {
  readonly labels: Uint16Array;
  /** How many labels were chosen. */
  readonly chosen: number;
  /** How many of those really differ from the true label. */
  readonly changed: number;
}

/**
 * Corrupts a share of the labels (the paper's Experiment 4). Drawn once: the labels chosen at 10 % are among those
 * chosen at 20 %, and "uniform" gives them the same new kind at each rate. Step by step, to be repeated in any language
 * (`RandomStream` is xoshiro128** 1.1 named by SHA-256, see src/random/stream.ts; n labels):
 *
 * 1. order = 0, 1 ... n-1, shuffled by the stream `label-corruption/chosen/<seed>` (Fisher-Yates from the last index
 *    down: for i = n-1 ... 1 swap i with below(i + 1));
 * 2. m = floor(rate * n + 0.5) in float64; chosen are the first m of that order;
 * 3. "uniform", after Zhang et al. 2017: label order[j] becomes kinds[below(kinds.length)] for j = 0 ... m-1, by the
 *    stream `label-corruption/uniform/<seed>`. Of n labels about m (1 - 1/K) really change;
 * 4. "shuffle": v[j] = label order[j]; for j = 1 ... m-1 swap v[j] with v[below(j + 1)], by the stream
 *    `label-corruption/shuffle/<seed>`; label order[j] becomes v[j]. The kinds' counts stay what they were.
 *
 * @param labels class index of each image, or of each box of all images one after the other
 * @param rate 0 to 1
 * @param kinds label kinds that "uniform" draws among
 * @throws RangeError
 */
export function corruptLabels(
  labels: Uint16Array,
  {
    kind,
    rate,
    seed,
    kinds,
  }: {
    readonly kind: CorruptionKind;
    readonly rate: number;
    readonly seed: number;
    readonly kinds: readonly number[];
  },
): CorruptedLabels {
  if (!(rate >= 0 && rate <= 1))
    throw new RangeError(`A label corruption rate of ${rate} is not 0 to 1.`);
  const order = new RandomStream("label-corruption", "chosen", seed).shuffle(
    Uint32Array.from(labels, (_, index) => index),
  );
  const chosen = order.subarray(0, Math.floor(rate * labels.length + 0.5));
  const values = Uint16Array.from(chosen, (index) => labels[index]);
  const random = new RandomStream("label-corruption", kind, seed);
  if (kind === "uniform") for (let j = 0; j < values.length; j++) values[j] = drawn(random, kinds);
  else
    for (let j = 1; j < values.length; j++) {
      const other = random.below(j + 1);
      [values[j], values[other]] = [values[other], values[j]];
    }
  const corrupted = Uint16Array.from(labels);
  chosen.forEach((index, j) => (corrupted[index] = values[j]));
  const changed = chosen.reduce((sum, index, j) => sum + Number(labels[index] !== values[j]), 0);
  return { labels: corrupted, chosen: chosen.length, changed };
}

function drawn(random: RandomStream, kinds: readonly number[]): number {
  return kinds[random.below(kinds.length)];
}
