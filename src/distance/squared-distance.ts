import type { FloatArray } from "../checkpoint/checkpoint";

/**
 * Squared Euclidean distance of row `i` of `x` and row `j` of `y`, both [rows, width], row-major; float64 throughout. Four
 * sums side by side, which a processor can add at the same time.
 */
export function squaredDistance(
  x: FloatArray,
  i: number,
  y: FloatArray,
  j: number,
  width: number,
): number {
  let a = i * width;
  let b = j * width;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  const end = a + width;
  for (; a + 3 < end; a += 4, b += 4) {
    const d0 = x[a] - y[b];
    const d1 = x[a + 1] - y[b + 1];
    const d2 = x[a + 2] - y[b + 2];
    const d3 = x[a + 3] - y[b + 3];
    s0 += d0 * d0;
    s1 += d1 * d1;
    s2 += d2 * d2;
    s3 += d3 * d3;
  }
  for (; a < end; a++, b++) s0 += (x[a] - y[b]) ** 2;
  return s0 + s1 + (s2 + s3);
}
