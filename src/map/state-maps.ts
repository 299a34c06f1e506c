import type { MapMethod, MapStates, Radius, StateName, WeightMap } from "../protocol/results";
import { classicalPositions, explainedShare, spectrum } from "./classical";
import { doubleCentred, selectSquare } from "./double-centre";
import { metricMapInWorker, type MetricMapCallOptions } from "./metric-map-in-worker";
import { fullSpaceRadius, mapRadius } from "./sphere";
import { kruskalStress } from "./stress";

/** A state of a run. */
export interface StateLabel {
  /** Index of the run in the experiment. */
  readonly run: number;
  readonly state: StateName;
  /** Of a final state whose run shares its initial state: the run that this state is listed for. Its own where left out. */
  readonly scratch?: number;
}

export type StateMapOptions = Pick<MetricMapCallOptions, "seed" | "signal" | "onProgress">;

/** Both maps of one set of states, in 2 or 3 dimensions, with the radii of its points. */
export interface StateMaps {
  readonly classical: WeightMap;
  readonly metric: WeightMap;
  readonly radii: {
    readonly fullSpace: Radius;
    readonly classical: Radius;
    readonly metric: Radius;
  };
}

/**
 * Maps of some of the states by both methods.
 * @param distances n x n of all states, row-major
 * @param labels of all states
 * @param points which of them to map, two at least
 */
export async function mapStates(
  states: MapStates,
  dimensions: 2 | 3,
  distances: Float64Array,
  labels: readonly StateLabel[],
  points: readonly number[],
  options: StateMapOptions,
): Promise<StateMaps> {
  const n = points.length;
  const own = selectSquare(distances, labels.length, points);
  const matrix = doubleCentred(own, n);
  const axes = spectrum(matrix, n);
  const weightMap = (
    method: MapMethod,
    positions: Float64Array,
    converged: boolean,
  ): WeightMap => ({
    method,
    states,
    dimensions,
    points: points.map((point, i) => ({
      run: labels[point].run,
      state: labels[point].state,
      position: Array.from(positions.subarray(i * dimensions, (i + 1) * dimensions)),
    })),
    eigenvalues: axes.pairs.map(({ value }) => value),
    explained: explainedShare(axes, dimensions),
    explainedNull: Math.min(1, dimensions / (n - 1)),
    stress: kruskalStress(own, positions, dimensions),
    converged,
  });
  const classical = classicalPositions(axes, dimensions);
  const metric = await metricMapInWorker(own, n, dimensions, { ...options, candidate: classical });
  return {
    classical: weightMap("classical", classical, true),
    metric: weightMap("metric", metric.positions, metric.converged),
    radii: {
      fullSpace: fullSpaceRadius(matrix, n),
      classical: mapRadius(classical, dimensions),
      metric: mapRadius(metric.positions, dimensions),
    },
  };
}
