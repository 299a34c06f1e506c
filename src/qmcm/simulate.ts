import { availableParallelism } from "node:os";
import { setImmediate } from "node:timers/promises";
import type { QmcmSimulation } from "../protocol/qmcm";
import { loadLargestProducts } from "./largest-products";
import { divergenceFloors } from "./divergence-floor";
import { describeDistances } from "./normal-fit";
import { shortestDistances } from "./shortest-distances";
import { spherePoints } from "./sphere-points";
import { describeSweep, searchSweep, storedOf } from "./sweep";
import { unitPoints } from "./unit-points";

export interface SimulationChoice {
  /** |X|, from 3 up. */
  readonly points: number;
  /** From 2 up. */
  readonly dimensions: number;
  /** r = |X'| / |X|, within 0 and 1; |X'| is rounded, and at least 1 and 2 are left. */
  readonly ratio: number;
  readonly seed: number;
  /** Whether to go over r = 1 … 99 % too (Fig. 5). */
  readonly sweep: boolean;
}

export interface SimulationOptions {
  /** Of ONNX Runtime; one for each core by default. Has no influence on the result. */
  readonly threads?: number;
  readonly signal?: AbortSignal;
  /** Called with what is being done and its share done, 0 to 1. */
  readonly onProgress?: (stage: "distances" | "sweep" | "floor", share: number) => void;
}

/**
 * The paper's simulation: points uniform on the unit sphere, of which the first r |X| are X' (the points are independent
 * of one another, so that any choice is a random one), the distance of each of the others to its nearest in X', and how
 * far from normal these distances are. Loads ONNX Runtime where it can: see loadLargestProducts for where to call this.
 * @throws RangeError on a choice out of range; the signal's reason where it is aborted
 */
export async function simulateQmcm(
  choice: SimulationChoice,
  { threads = availableParallelism(), signal, onProgress }: SimulationOptions = {},
): Promise<QmcmSimulation> {
  check(choice);
  const { points, dimensions, ratio, seed, sweep } = choice;
  const all = unitPoints(spherePoints(points, dimensions, "qmcm", "points", seed), dimensions);
  const products = await loadLargestProducts(threads);
  const reports =
    (stage: Parameters<NonNullable<typeof onProgress>>[0]) => async (share: number) => {
      onProgress?.(stage, share);
      await setImmediate();
      signal?.throwIfAborted();
    };
  try {
    const stored = storedOf(points, ratio);
    const [distances] = await shortestDistances(all, [stored], "rest", {
      products,
      onBlock: reports("distances"),
    });
    const search = { products, onBlock: reports("sweep") };
    const searched = sweep ? await searchSweep(all, seed, search) : null;
    const sizes = [distances, ...(searched?.distances ?? [])].map(({ length }) => length);
    const floors = await divergenceFloors(sizes, seed, reports("floor"));
    return {
      format: "weight-odometer qmcm simulation 1",
      points,
      dimensions,
      ratio,
      stored,
      queries: points - stored,
      seed,
      ...describeDistances(distances),
      floor: floors.get(distances.length)!,
      ...(searched ? { sweep: describeSweep(searched, floors) } : {}),
    };
  } finally {
    await products.release();
  }
}

function check({ points, dimensions, ratio, seed }: SimulationChoice): void {
  const whole = (name: string, value: number, least: number, most: number) => {
    if (!Number.isInteger(value) || value < least || value > most)
      throw new RangeError(`${name} is ${value}, not a whole number from ${least} to ${most}`);
  };
  whole("points", points, 3, 1_000_000);
  whole("dimensions", dimensions, 2, 100_000);
  whole("seed", seed, 0, Number.MAX_SAFE_INTEGER);
  if (!(ratio > 0 && ratio < 1)) throw new RangeError(`ratio is ${ratio}, not within 0 and 1`);
  if (points * dimensions > 2 ** 28)
    throw new RangeError(`${points} points of ${dimensions} dimensions are more than 2^28 numbers`);
}
