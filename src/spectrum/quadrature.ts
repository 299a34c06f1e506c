import { diagonalise } from "../map/tridiagonal";
import { squaredNorm } from "./matrix";
import type { Products } from "./products";

/** Sums over the spectrum of a symmetric matrix as one probe x sees it: x' f(A) x is the sum of weights times f(nodes). */
export interface ProbeMeasure {
  readonly nodes: Float64Array;
  readonly weights: Float64Array;
}

/** What is left of a probe, as a share of the matrix's largest value, at which its measure is complete. */
const NOTHING = 1e-12;

export interface QuadratureOptions {
  /** n x n, positive semidefinite. */
  readonly matrix: Float64Array;
  readonly n: number;
  /** Rows [p, n]. */
  readonly probes: Float64Array;
  /** Nodes of each probe at most. */
  readonly degree: number;
  /** Gauss's, or that of Gauss and Radau with a node at 0: of a square root they err to either side. */
  readonly rule: "gauss" | "radau";
}

/**
 * Quadrature for each probe by Lanczos's iteration, all of them at once (Golub and Meurant, Matrices, Moments and
 * Quadrature, sections 6.2 and 6.3).
 */
export async function probeMeasures(
  { matrix, n, probes, degree, rule }: QuadratureOptions,
  products: Products,
): Promise<ProbeMeasure[]> {
  let rows: Float64Array = probes.slice();
  let before: Float64Array = new Float64Array(probes.length);
  const lanczos = Array.from({ length: probes.length / n }, (_, i) => new Recurrence(rows, n, i));
  for (let step = 0; step < degree; step++) {
    const next = await products.timesTransposed(rows, matrix, n);
    lanczos.forEach((one, i) => {
      const at = [i * n, (i + 1) * n] as const;
      one.step(before.subarray(...at), rows.subarray(...at), next.subarray(...at));
    });
    [before, rows] = [rows, next];
  }
  return lanczos.map((one) => one.measure(rule));
}

/** Lanczos's three-term recurrence of one probe. */
class Recurrence {
  private readonly diagonal: number[] = [];
  private readonly beside: number[] = [];
  private readonly square: number;
  private ended: boolean;

  /** Makes row i a unit vector. */
  constructor(rows: Float64Array, n: number, i: number) {
    const row = rows.subarray(i * n, (i + 1) * n);
    this.square = squaredNorm(row);
    this.ended = this.square === 0;
    if (!this.ended) scale(row, 1 / Math.sqrt(this.square));
  }

  /** @param next the matrix times `row`; becomes the next unit vector, or zeros behind the end */
  step(before: Float64Array, row: Float64Array, next: Float64Array): void {
    if (this.ended) {
      next.fill(0);
      return;
    }
    const back = this.beside.at(-1) ?? 0;
    let along = 0;
    for (let i = 0; i < row.length; i++) {
      next[i] -= back * before[i];
      along += next[i] * row[i];
    }
    for (let i = 0; i < row.length; i++) next[i] -= along * row[i];
    const length = Math.sqrt(squaredNorm(next));
    this.diagonal.push(along);
    this.beside.push(length);
    this.ended = length <= NOTHING * Math.abs(this.diagonal[0]);
    scale(next, this.ended ? 0 : 1 / length);
  }

  measure(rule: "gauss" | "radau"): ProbeMeasure {
    const nodes = Float64Array.from(this.diagonal);
    if (rule === "radau" && !this.ended) nodes[nodes.length - 1] = this.lastForZero();
    const columns = Array.from(nodes, (_, i) => Float64Array.of(i === 0 ? 1 : 0));
    diagonalise(nodes, Float64Array.from(this.beside), columns);
    return { nodes, weights: Float64Array.from(columns, ([first]) => this.square * first ** 2) };
  }

  /** The last diagonal entry that makes 0 an eigenvalue, by the pivots of elimination. */
  private lastForZero(): number {
    let taken = 0;
    this.diagonal.slice(0, -1).forEach((entry, j) => {
      const pivot = entry - taken;
      taken = pivot > 0 ? this.beside[j] ** 2 / pivot : 0;
    });
    return taken;
  }
}

function scale(row: Float64Array, factor: number): void {
  for (let i = 0; i < row.length; i++) row[i] *= factor;
}
