import type { DisplacementCosines } from "../protocol/states";
import type { StateLabel } from "./state-maps";
import { statePairs } from "./state-pairs";

const bins = 50;

/**
 * Scalar products of displacements w_T - w_0, from the distances between all states:
 * (f_i - w_i)(f_j - w_j) = (|f_i - w_j|² + |w_i - f_j|² - |f_i - f_j|² - |w_i - w_j|²) / 2.
 * @param distances n x n, row-major
 * @returns runs x runs, row-major, in the order of statePairs
 */
export function displacementProducts(
  distances: Float64Array,
  labels: readonly StateLabel[],
): Float64Array {
  const pairs = statePairs(labels);
  const squared = (a: number, b: number) => distances[a * labels.length + b] ** 2;
  return Float64Array.from(
    pairs.flatMap((a) =>
      pairs.map((b) =>
        a === b
          ? squared(a.initial, a.final)
          : (squared(a.final, b.initial) +
              squared(a.initial, b.final) -
              squared(a.final, b.final) -
              squared(a.initial, b.initial)) /
            2,
      ),
    ),
  );
}

/** Distances between displacements, runs x runs, from their scalar products. */
export function displacementDistances(products: Float64Array): Float64Array {
  const n = Math.sqrt(products.length);
  return products.map((product, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    return Math.sqrt(Math.max(0, products[i * n + i] + products[j * n + j] - 2 * product));
  });
}

/** Cosines between the displacements of each two runs that moved; null where there are no two. */
export function displacementCosines(
  distances: Float64Array,
  labels: readonly StateLabel[],
): DisplacementCosines | null {
  const products = displacementProducts(distances, labels);
  const n = Math.sqrt(products.length);
  const moved = Array.from({ length: n }, (_, i) => i).filter((i) => products[i * n + i] > 0);
  if (moved.length < 2) return null;
  const cosines = new Float64Array((moved.length * (moved.length - 1)) / 2);
  let pair = 0;
  moved.forEach((i, at) => {
    for (const j of moved.slice(0, at))
      cosines[pair++] = products[i * n + j] / Math.sqrt(products[i * n + i] * products[j * n + j]);
  });
  return { runs: moved.length, pairs: pair, ...summary(cosines) };
}

function summary(values: Float64Array): Pick<DisplacementCosines, "mean" | "std" | "histogram"> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  const from = values.reduce((least, value) => Math.min(least, value), Infinity);
  const to = values.reduce((most, value) => Math.max(most, value), -Infinity);
  const counts = new Array<number>(bins).fill(0);
  const width = (to - from) / bins;
  for (const value of values)
    counts[width > 0 ? Math.min(bins - 1, Math.floor((value - from) / width)) : 0]++;
  return {
    mean,
    std: values.length < 2 ? null : Math.sqrt(squares / (values.length - 1)),
    histogram: { from, to, counts },
  };
}
