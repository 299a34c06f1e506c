import { setImmediate } from "node:timers/promises";
import type { MapMethod } from "../protocol/results";
import type { MonteCarloTest } from "../protocol/states";
import { RandomStream } from "../random/stream";
import { classicalPositions, spectrum } from "./classical";
import { doubleCentred } from "./double-centre";
import type { InitialMoments } from "./initial-moments";
import { randomInitialisations } from "./random-initialisations";
import { majorise } from "./smacof";
import { topEigenpairs } from "./top-eigenpairs";

/** Of the metric maps that are tested, those of the states and those drawn alike. */
const metricIterations = 100;

/** How uneven the directions of points are from their centroid; see Evenness. */
export interface Unevenness {
  readonly resultant: number;
  readonly anisotropy: number;
}

/** @param positions n x 3, row-major */
export function unevenness(positions: Float64Array): Unevenness {
  const n = positions.length / 3;
  const centroid = [0, 0, 0];
  for (let at = 0; at < positions.length; at++) centroid[at % 3] += positions[at] / n;
  const mean = [0, 0, 0];
  const second = new Float64Array(9);
  for (let i = 0; i < n; i++) {
    const from = centroid.map((centre, axis) => positions[3 * i + axis] - centre);
    const length = Math.hypot(...from);
    if (length === 0) continue;
    for (let a = 0; a < 3; a++) {
      mean[a] += from[a] / length / n;
      for (let b = 0; b < 3; b++) second[3 * a + b] += (from[a] * from[b]) / length ** 2 / n;
    }
  }
  const [largest, , smallest] = topEigenpairs(second, 3, 3);
  return { resultant: Math.hypot(...mean), anisotropy: largest.value - smallest.value };
}

/** The unevenness of the maps of some states by both methods. @param distances n x n, row-major */
export function unevennessOfMaps(
  distances: Float64Array,
  n: number,
): Readonly<Record<MapMethod, Unevenness>> {
  const classical = classicalPositions(spectrum(doubleCentred(distances, n), n), 3);
  const steps = majorise(distances, classical, 3, metricIterations);
  for (;;) {
    const step = steps.next();
    if (step.done)
      return { classical: unevenness(classical), metric: unevenness(step.value.positions) };
  }
}

/**
 * Unevenness of maps of n fresh random initialisations, drawn again and again; lets others work between two draws.
 * @throws the signal's reason where it is aborted
 */
export async function unevennessByChance(
  moments: InitialMoments,
  n: number,
  { draws, seed, signal }: { draws: number; seed: number; signal?: AbortSignal | undefined },
): Promise<readonly Readonly<Record<MapMethod, Unevenness>>[]> {
  const drawn = [];
  for (let draw = 0; draw < draws; draw++) {
    await setImmediate();
    signal?.throwIfAborted();
    const stream = new RandomStream("evenness", seed, draw);
    drawn.push(unevennessOfMaps(randomInitialisations(moments, n, stream), n));
  }
  return drawn;
}

/** A statistic against its values by chance. */
export function monteCarlo(statistic: number, chance: readonly number[]): MonteCarloTest {
  const sorted = chance.toSorted((a, b) => a - b);
  return {
    statistic,
    chanceMean: sorted.reduce((sum, value) => sum + value, 0) / sorted.length,
    chance95: sorted[Math.min(sorted.length - 1, Math.ceil(0.95 * sorted.length) - 1)],
    p: (1 + sorted.filter((value) => value >= statistic).length) / (1 + sorted.length),
  };
}
