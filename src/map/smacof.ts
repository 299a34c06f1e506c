import { RandomStream } from "../random/stream";

/** Relative decrease of raw stress below which a run has converged. */
const CONVERGED = 1e-9;

/**
 * Updates of pairs that a run may take by default, about a quarter of a minute: a cloud without structure has a stress
 * so flat that thousands of iterations lower it by less than one part in a thousand.
 */
const PAIR_UPDATES = 2e9;

/** Iterations that a run of n points may take by default. */
export function iterationLimit(n: number): number {
  return Math.max(200, Math.min(10_000, Math.round(PAIR_UPDATES / (0.5 * n * n + 1))));
}

/** A raw stress below this share of the sum of squared distances is rounding: the map is exact. */
const EXACT = 1e-26;

export interface MajorisationStep {
  /** From 1. */
  readonly iteration: number;
  /** Raw stress, the sum over pairs of (map distance - distance)^2, before this iteration's update. */
  readonly rawStress: number;
}

export interface Majorised {
  /** n x dimensions, row-major, in units of the distances; centroid at the origin. */
  readonly positions: Float64Array;
  readonly rawStress: number;
  readonly iterations: number;
  /** False where the iteration limit came first. */
  readonly converged: boolean;
}

/**
 * Metric multidimensional scaling by stress majorisation (SMACOF: de Leeuw 1977; Borg and Groenen, Modern
 * Multidimensional Scaling, 2005, section 8.6) with unit weights: each update is the Guttman transform
 * X' = B(X) X / n, relaxed to 2 X' - c X as de Leeuw and Heiser (1980) proved to keep the stress from rising. c scales
 * X to its best size, without which the size would swing for ever. Yields after each iteration, so that the caller
 * decides how long to go on without a pause.
 * @param distances n x n, row-major, symmetric
 * @param start positions, n x dimensions, row-major; left as they are
 * @param dimensions 1 to 3
 * @param maxIterations at least 1
 */
export function* majorise(
  distances: Float64Array,
  start: Float64Array,
  dimensions: number,
  maxIterations = iterationLimit(start.length / dimensions),
): Generator<MajorisationStep, Majorised, undefined> {
  const n = start.length / dimensions;
  const state = new Configuration(distances, n, start, dimensions);
  let previous = Infinity;
  let relaxed = true;
  for (let iteration = 1; ; iteration++) {
    const pass = state.transform();
    const decrease = previous - pass.rawStress;
    const done =
      pass.rawStress <= EXACT * pass.squaredDistances ||
      (decrease >= 0 && decrease < CONVERGED * previous);
    if (done || iteration >= maxIterations) {
      // A last plain update, which never raises the stress, leaves the map at its best size.
      state.update(1, 0);
      const { rawStress } = state.transform();
      return {
        positions: state.positions(dimensions),
        rawStress,
        iterations: iteration,
        converged: done,
      };
    }
    // Rounding, or a start far from any minimum, may let a relaxed update fail: a plain one cannot.
    relaxed = decrease >= 0 || !relaxed;
    if (relaxed) state.update(2, -pass.scale);
    else state.update(1, 0);
    previous = pass.rawStress;
    yield { iteration, rawStress: pass.rawStress };
  }
}

/** Start positions for a run: independent normal deviates of the size of the mean distance, from the seed alone. */
export function randomStart(
  distances: Float64Array,
  n: number,
  dimensions: number,
  ...name: readonly (string | number)[]
): Float64Array {
  const stream = new RandomStream("metric map", ...name);
  const size = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
  return Float64Array.from({ length: n * dimensions }, () => size * stream.normal());
}

interface Pass {
  readonly rawStress: number;
  readonly squaredDistances: number;
  /** Factor that would bring the map to its best size. */
  readonly scale: number;
}

/** Coordinates by axis, three of them always: the absent ones stay 0 and the inner loop has one shape. */
class Configuration {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly z: Float64Array;
  private readonly guttman: readonly [Float64Array, Float64Array, Float64Array];

  constructor(
    private readonly distances: Float64Array,
    private readonly n: number,
    start: Float64Array,
    dimensions: number,
  ) {
    const axis = (index: number) =>
      Float64Array.from({ length: n }, (_, i) =>
        index < dimensions ? start[i * dimensions + index] : 0,
      );
    this.x = axis(0);
    this.y = axis(1);
    this.z = axis(2);
    this.guttman = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  }

  /** One pass over all pairs: the Guttman transform of the positions, and their stress. */
  transform(): Pass {
    const { distances, n, x, y, z } = this;
    const [gx, gy, gz] = this.guttman;
    gx.fill(0);
    gy.fill(0);
    gz.fill(0);
    let rawStress = 0;
    let products = 0;
    let mapSquares = 0;
    let squaredDistances = 0;
    for (let i = 1; i < n; i++) {
      const xi = x[i];
      const yi = y[i];
      const zi = z[i];
      const row = i * n;
      let sx = 0;
      let sy = 0;
      let sz = 0;
      for (let j = 0; j < i; j++) {
        const dx = xi - x[j];
        const dy = yi - y[j];
        const dz = zi - z[j];
        const squared = dx * dx + dy * dy + dz * dz;
        const inMap = Math.sqrt(squared);
        const distance = distances[row + j];
        const misfit = inMap - distance;
        rawStress += misfit * misfit;
        products += inMap * distance;
        mapSquares += squared;
        squaredDistances += distance * distance;
        // Points that coincide pull each other nowhere.
        const ratio = inMap > 0 ? distance / inMap : 0;
        sx += ratio * dx;
        sy += ratio * dy;
        sz += ratio * dz;
        gx[j] -= ratio * dx;
        gy[j] -= ratio * dy;
        gz[j] -= ratio * dz;
      }
      gx[i] += sx;
      gy[i] += sy;
      gz[i] += sz;
    }
    for (let i = 0; i < n; i++) {
      gx[i] /= n;
      gy[i] /= n;
      gz[i] /= n;
    }
    return { rawStress, squaredDistances, scale: mapSquares > 0 ? products / mapSquares : 1 };
  }

  /** Positions become `step` times the transform plus `kept` times themselves. */
  update(step: number, kept: number): void {
    const [gx, gy, gz] = this.guttman;
    for (let i = 0; i < this.n; i++) {
      this.x[i] = step * gx[i] + kept * this.x[i];
      this.y[i] = step * gy[i] + kept * this.y[i];
      this.z[i] = step * gz[i] + kept * this.z[i];
    }
  }

  positions(dimensions: number): Float64Array {
    const axes = [this.x, this.y, this.z];
    return Float64Array.from(
      { length: this.n * dimensions },
      (_, at) => axes[at % dimensions][Math.floor(at / dimensions)],
    );
  }
}
