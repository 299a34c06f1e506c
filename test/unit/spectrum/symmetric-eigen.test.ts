import { expect, it } from "vitest";
import { RandomStream } from "../../../src/random/stream";
import { symmetricEigen } from "../../../src/spectrum/symmetric-eigen";

/** Q diag(values) Q' for a Q of one reflection, and rounding. */
function withValues(values: readonly number[], rounding: number): Float64Array {
  const n = values.length;
  const stream = new RandomStream("symmetric-eigen", n);
  const v = Array.from({ length: n }, () => stream.normal());
  const square = v.reduce((sum, x) => sum + x * x, 0);
  const q = (i: number, k: number) => (i === k ? 1 : 0) - (2 * v[i] * v[k]) / square;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let entry = rounding * stream.normal();
      for (let k = 0; k < n; k++) entry += q(i, k) * values[k] * q(j, k);
      matrix[i * n + j] = matrix[j * n + i] = entry;
    }
  return matrix;
}

it.each([
  ["distinct", Array.from({ length: 40 }, (_, i) => 40 - i), 0],
  ["graded, under rounding", Array.from({ length: 55 }, (_, i) => 150 * 0.2 ** i), 1e-15],
  ["of low rank, under rounding", Array.from({ length: 64 }, (_, i) => (i < 40 ? 1 : 0)), 1e-16],
  ["all equal", new Array<number>(33).fill(2), 0],
  ["zero", new Array<number>(5).fill(0), 0],
  ["one", [3], 0],
])("finds values and vectors: %s", (_, expected, rounding) => {
  const n = expected.length;
  const matrix = withValues(expected, rounding);
  const { values, vectors } = symmetricEigen(matrix.slice(), n);
  const tolerance = 1e-13 * Math.max(1, expected[0]) + 100 * rounding;
  expected.forEach((value, i) => {
    expect(Math.abs(values[i] - value)).toBeLessThan(tolerance);
  });
  for (let k = 0; k < n; k++)
    for (let i = 0; i < n; i++) {
      let image = 0;
      let product = 0;
      for (let j = 0; j < n; j++) {
        image += matrix[i * n + j] * vectors[k * n + j];
        product += vectors[i * n + j] * vectors[k * n + j];
      }
      expect(Math.abs(image - values[k] * vectors[k * n + i])).toBeLessThan(tolerance);
      expect(Math.abs(product - (i === k ? 1 : 0))).toBeLessThan(1e-13);
    }
  expect(symmetricEigen(matrix.slice(), n, false).values).toEqual(values);
});
