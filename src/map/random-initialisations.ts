import type { RandomStream } from "../random/stream";
import type { InitialMoments } from "./initial-moments";

/**
 * Distances between n fresh random initialisations, drawn in a space of n dimensions at most: a Gram matrix of n normal
 * vectors of ν = squaredNorm² / productVariance dimensions is Wishart's, and L L' with L lower triangular has the same
 * distribution where L_ii² is χ² of ν - i degrees of freedom and L_ij standard normal (Bartlett 1933). Their squared norms
 * are then given the variance that the weights' own kurtosis makes.
 * @returns n x n, row-major
 */
export function randomInitialisations(
  moments: InitialMoments,
  n: number,
  stream: RandomStream,
): Float64Array {
  const degrees = moments.squaredNorm ** 2 / moments.productVariance;
  const rows = degrees > n ? triangle(degrees, n, stream) : normals(degrees, n, stream);
  const own = Math.sqrt(moments.squaredNormVariance / (2 * moments.productVariance));
  for (const row of rows) {
    const squared = row.reduce((sum, value) => sum + value * value, 0) / degrees;
    // 1 on the average; the deviation from it is the normal's, and becomes the weights' own.
    const scale = Math.sqrt(Math.max(0, 1 + own * (squared - 1)) / squared / degrees);
    for (let k = 0; k < row.length; k++) row[k] *= scale * Math.sqrt(moments.squaredNorm);
  }
  return distancesOf(rows);
}

function triangle(degrees: number, n: number, stream: RandomStream): Float64Array[] {
  return Array.from({ length: n }, (_, i) =>
    Float64Array.from({ length: i + 1 }, (_, k) =>
      k < i ? stream.normal() : Math.sqrt(chiSquared(degrees - i, stream)),
    ),
  );
}

function normals(degrees: number, n: number, stream: RandomStream): Float64Array[] {
  const dimensions = Math.max(1, Math.round(degrees));
  return Array.from({ length: n }, () =>
    Float64Array.from({ length: dimensions }, () => stream.normal()),
  );
}

/** Twice a gamma deviate of half as many degrees, by Marsaglia and Tsang (2000); degrees above 2. */
function chiSquared(degrees: number, stream: RandomStream): number {
  const d = Math.max(1, degrees / 2) - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = stream.normal();
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(1 - stream.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v))
      return 2 * d * v;
  }
}

/** Of rows as long as they are, zeros left out behind them. */
function distancesOf(rows: readonly Float64Array[]): Float64Array {
  const n = rows.length;
  const distances = new Float64Array(n * n);
  const squares = rows.map((row) => row.reduce((sum, value) => sum + value * value, 0));
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const [a, b] = [rows[i], rows[j]];
      const common = Math.min(a.length, b.length);
      let product = 0;
      for (let k = 0; k < common; k++) product += a[k] * b[k];
      const distance = Math.sqrt(Math.max(0, squares[i] + squares[j] - 2 * product));
      distances[i * n + j] = distances[j * n + i] = distance;
    }
  return distances;
}
