import type { StepSum, StepSums } from "./engine";

/** Accumulates, in float64, how far each step moved each tensor. */
export class StepSumAccumulator {
  private readonly pathLengths: Float64Array;
  private readonly sumsSquared: Float64Array;
  private totalPathLength = 0;

  constructor(private readonly names: readonly string[]) {
    this.pathLengths = new Float64Array(names.length);
    this.sumsSquared = new Float64Array(names.length);
  }

  /** Adds one step from the squared L2 norm of each tensor's change. */
  add(squaredNorms: ArrayLike<number>): void {
    let total = 0;
    for (let i = 0; i < this.names.length; i++) {
      const squared = squaredNorms[i];
      this.pathLengths[i] += Math.sqrt(squared);
      this.sumsSquared[i] += squared;
      total += squared;
    }
    this.totalPathLength += Math.sqrt(total);
  }

  sums(): { readonly tensors: readonly StepSums[]; readonly total: StepSum } {
    return {
      tensors: this.names.map((name, i) => ({
        name,
        pathLength: this.pathLengths[i],
        sumSquared: this.sumsSquared[i],
      })),
      total: {
        pathLength: this.totalPathLength,
        sumSquared: this.sumsSquared.reduce((sum, value) => sum + value, 0),
      },
    };
  }
}
