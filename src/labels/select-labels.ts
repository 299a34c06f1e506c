import { RandomStream } from "../random/stream";

export interface LabelSelection {
  /** Label kinds that are kept, in the seeded order: those of a smaller fraction come first. */
  readonly kinds: readonly number[];
  /** Indices of the examples that are kept, ascending. */
  readonly indices: readonly number[];
}

/**
 * Label kinds of a fraction (the paper's Experiment 3), nested: those of 20 % are among those of 40 %. Step by step,
 * to be repeated in any language (`RandomStream` is xoshiro128** 1.1 named by SHA-256, see src/random/stream.ts):
 *
 * 1. order = 0, 1 ... K-1, shuffled by the stream `label-kinds/<seed>` (Fisher-Yates from the last index down:
 *    for i = K-1 ... 1 swap i with below(i + 1));
 * 2. k = max(1, floor(fraction * K + 0.5)) in float64;
 * 3. the first k of that order (at fraction 1 all kinds, ascending).
 *
 * @param count K, the number of label kinds
 * @param fraction above 0, at most 1
 * @throws RangeError
 */
export function selectKinds(count: number, fraction: number, seed: number): readonly number[] {
  if (!(fraction > 0 && fraction <= 1))
    throw new RangeError(`A label fraction of ${fraction} is not above 0 and at most 1.`);
  if (fraction === 1) return Array.from({ length: count }, (_, kind) => kind);
  const order = new RandomStream("label-kinds", seed).shuffle(
    Array.from({ length: count }, (_, kind) => kind),
  );
  return order.slice(0, keptKinds(count, fraction));
}

/** How many of `count` label kinds a fraction keeps: max(1, round(fraction * count)), a half rounded up. */
export function keptKinds(count: number, fraction: number): number {
  return Math.max(1, Math.floor(fraction * count + 0.5));
}

/**
 * The examples whose label is of a kept kind. With `equalImages` as many at every fraction: as many as the first kind
 * of the order has alone, taken in the order of a permutation of all examples by the stream `label-images/<seed>`.
 *
 * @param labels the kinds that each example shows: one for an image's class, several (or none) for a scene's boxes
 * @throws RangeError
 */
export function selectLabels(
  labels: readonly (readonly number[])[] | Uint16Array,
  kinds: { readonly count: number; readonly fraction: number; readonly seed: number },
  equalImages = false,
): LabelSelection {
  const kept = selectKinds(kinds.count, kinds.fraction, kinds.seed);
  const shows = (index: number, wanted: ReadonlySet<number>) => {
    const label = labels[index];
    return typeof label === "number" ? wanted.has(label) : label.some((kind) => wanted.has(kind));
  };
  const every = Array.from({ length: labels.length }, (_, index) => index);
  const wanted = new Set(kept);
  const indices = every.filter((index) => shows(index, wanted));
  if (!equalImages) return { kinds: kept, indices };
  const first = new Set(selectKinds(kinds.count, Number.MIN_VALUE, kinds.seed));
  const images = every.filter((index) => shows(index, first)).length;
  const permuted = new RandomStream("label-images", kinds.seed).shuffle(every);
  const chosen = permuted.filter((index) => shows(index, wanted)).slice(0, images);
  return { kinds: kept, indices: chosen.sort((a, b) => a - b) };
}
