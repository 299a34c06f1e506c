import { readFileSync } from "node:fs";
import path from "node:path";
import { RandomStream } from "../../../src/random/stream";
import type { Radius } from "../../../src/protocol/results";

const fixtures = path.join(__dirname, "../../fixtures/map");

export interface ClassicalFigures {
  readonly eigenvalues: readonly number[];
  readonly radii: readonly number[];
  readonly fullSpace: Radius;
  readonly maps: readonly {
    readonly dimensions: 2 | 3;
    readonly positions: readonly number[];
    readonly explained: number;
    readonly radius: Radius;
    readonly stress: number;
  }[];
}

/** Initial states, then final states, of some runs, with NumPy's figures. */
export interface StateFigures {
  readonly runs: number;
  readonly weights: readonly (readonly number[])[];
  readonly gram: readonly number[];
  readonly distances: readonly number[];
  readonly joint: ClassicalFigures;
  readonly initial: ClassicalFigures;
  readonly final: ClassicalFigures;
}

/** Distances with the raw stress that scikit-learn reaches. */
export interface MetricFigures {
  readonly name: string;
  readonly distances: readonly number[];
  /** In 2 and in 3 dimensions. */
  readonly rawStress: readonly [number, number];
}

function read(name: string): unknown {
  return JSON.parse(readFileSync(path.join(fixtures, name), "utf8"));
}

export const stateFigures = read("states.json") as StateFigures;
export const metricFigures = read("metric.json") as readonly MetricFigures[];

/** Points with independent normal coordinates, n x dimensions, row-major: nearly equidistant in many dimensions. */
export function randomPoints(n: number, dimensions: number, name: string): Float64Array {
  const stream = new RandomStream("test points", name);
  return Float64Array.from({ length: n * dimensions }, () => stream.normal());
}

/** Largest difference over the largest size of what was expected. */
export function relativeError(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  let error = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    error = Math.max(error, Math.abs(found[i] - expected[i]));
    size = Math.max(size, Math.abs(expected[i]));
  }
  return found.length === expected.length ? error / size : Infinity;
}
