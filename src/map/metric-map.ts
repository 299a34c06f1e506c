import { principalAxes } from "./principal-axes";
import { iterationLimit, majorise, randomStart, type Majorised } from "./smacof";

export interface MetricMapOptions {
  /** Decides the random starts. */
  readonly seed: number;
  /** Random starts to try; see defaultStarts. */
  readonly starts?: number;
  /** Another start to try, such as the classical map: n x dimensions, row-major. */
  readonly candidate?: Float64Array;
  /** Iterations after the best start was chosen; see iterationLimit for the default. */
  readonly maxIterations?: number;
}

export interface MetricMapProgress {
  /** Iterations so far, those of the trials included. */
  readonly iteration: number;
  /** The most there can be. */
  readonly maxIterations: number;
  /** Of the start that is under way. */
  readonly rawStress: number;
}

/** A metric map, turned to its principal axes. */
export type MetricMap = Majorised;

/** Iterations after which a start shows how good it is; fewer for many points, where each takes long. */
function trialIterations(n: number): number {
  return Math.max(50, Math.min(1000, Math.round(2e7 / n ** 2)));
}

/** Stress has many local minima, and starts are cheap for few points: 2 for thousands, up to 20 for hundreds. */
export function defaultStarts(n: number): number {
  return Math.max(2, Math.min(20, Math.round(4e6 / n ** 2)));
}

/**
 * Metric map by stress majorisation: each start is tried for some iterations, the one of the least stress goes on to
 * convergence. Yields after each iteration.
 * @param distances n x n, row-major, symmetric
 */
export function* metricMapSteps(
  distances: Float64Array,
  n: number,
  dimensions: number,
  {
    seed,
    starts = defaultStarts(n),
    candidate,
    maxIterations = iterationLimit(n),
  }: MetricMapOptions,
): Generator<MetricMapProgress, MetricMap, undefined> {
  const candidates = Array.from({ length: starts }, (_, start) =>
    randomStart(distances, n, dimensions, seed, start),
  );
  if (candidate) candidates.push(candidate);
  if (candidates.length === 0) throw new RangeError("metricMapSteps: no starts");
  const trial = Math.min(trialIterations(n), maxIterations);
  const count = { done: 0, total: candidates.length * trial + maxIterations };
  let best: Majorised | null = null;
  for (const start of candidates) {
    const tried = yield* counted(majorise(distances, start, dimensions, trial), count);
    if (best === null || tried.rawStress < best.rawStress) best = tried;
  }
  const map = best!.converged
    ? best!
    : yield* counted(majorise(distances, best!.positions, dimensions, maxIterations), count);
  return { ...map, positions: principalAxes(map.positions, dimensions) };
}

/** The same in one go. */
export function metricMap(
  distances: Float64Array,
  n: number,
  dimensions: number,
  options: MetricMapOptions,
): MetricMap {
  const steps = metricMapSteps(distances, n, dimensions, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function* counted(
  steps: ReturnType<typeof majorise>,
  count: { done: number; readonly total: number },
): Generator<MetricMapProgress, Majorised, undefined> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    count.done++;
    yield {
      iteration: count.done,
      maxIterations: count.total,
      rawStress: step.value.rawStress,
    };
  }
}
