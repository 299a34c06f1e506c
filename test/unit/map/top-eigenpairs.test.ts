import { describe, expect, it } from "vitest";
import { topEigenpairs } from "../../../src/map/top-eigenpairs";
import { dot } from "../../../src/map/vector";
import { randomPoints } from "./fixtures";

/** A symmetric matrix of known eigenvalues: reflected twice from its diagonal. */
function matrixOf(values: readonly number[]): Float64Array {
  const n = values.length;
  const matrix = new Float64Array(n * n);
  values.forEach((value, i) => {
    matrix[i * n + i] = value;
  });
  for (const name of ["one", "two"]) reflect(matrix, randomPoints(1, n, name));
  return matrix;
}

/** Replaces A by H A H with H = I - 2 u u' / u'u. */
function reflect(matrix: Float64Array, u: Float64Array): void {
  const n = u.length;
  const size = dot(u, u);
  for (let pass = 0; pass < 2; pass++) {
    for (let i = 0; i < n; i++) {
      const row = matrix.subarray(i * n, (i + 1) * n);
      const share = (2 * dot(row, u)) / size;
      for (let j = 0; j < n; j++) row[j] -= share * u[j];
    }
    for (let i = 0; i < n; i++)
      for (let j = 0; j < i; j++)
        [matrix[i * n + j], matrix[j * n + i]] = [matrix[j * n + i], matrix[i * n + j]];
  }
}

const spectra: [string, number[]][] = [
  ["separated", Array.from({ length: 60 }, (_, i) => 100 * 0.8 ** i)],
  ["clustered", Array.from({ length: 200 }, (_, i) => 1 + 1e-3 * Math.cos(i))],
  ["all equal but one", Array.from({ length: 50 }, (_, i) => (i === 0 ? 0 : 7))],
  ["with a double largest one", [5, 5, 3, 3, 3, 2, 1, 0, 0, 0, 0, 0]],
  ["of rank two", Array.from({ length: 100 }, (_, i) => (i < 2 ? 9 - i : 0))],
  ["with negative ones", [4, 3, 2, -10, -20, -1, 0, 0]],
  ["all zero", [0, 0, 0, 0]],
  ["of one number", [3]],
];

describe.each(spectra)("a spectrum %s", (_, values) => {
  const n = values.length;
  const count = Math.min(10, n);
  const pairs = topEigenpairs(matrixOf(values), n, 10);
  const size = Math.max(...values.map(Math.abs), 1e-300);

  it("gives the largest eigenvalues, as often as they are", () => {
    const expected = values.toSorted((a, b) => b - a).slice(0, count);
    expect(pairs.length).toBe(count);
    pairs.forEach(({ value }, i) => {
      expect(Math.abs(value - expected[i]) / size).toBeLessThan(1e-12);
    });
  });

  it("gives orthonormal vectors", () => {
    pairs.forEach((a, i) => {
      pairs.forEach((b, j) => {
        expect(Math.abs(dot(a.vector, b.vector) - (i === j ? 1 : 0))).toBeLessThan(1e-10);
      });
    });
  });
});

describe.each(spectra)("a spectrum %s, three vectors exact", (_, values) => {
  const n = values.length;
  const all = topEigenpairs(matrixOf(values), n, 10);
  const pairs = topEigenpairs(matrixOf(values), n, 10, 3);

  it("has the same eigenvalues, and the same first vectors where they are single", () => {
    const size = Math.max(...values.map(Math.abs), 1e-300);
    pairs.forEach(({ value, vector }, i) => {
      expect(Math.abs(value - all[i].value) / size).toBeLessThan(i < 3 ? 1e-12 : 1e-8);
      const single = values.filter((other) => Math.abs(other - value) < 1e-5 * size).length === 1;
      if (i < 3 && single) expect(Math.abs(dot(vector, all[i].vector))).toBeCloseTo(1, 12);
    });
  });
});

it("is the same each time", () => {
  const matrix = matrixOf(spectra[1][1]);
  expect(topEigenpairs(matrix, 200, 3)).toEqual(topEigenpairs(matrix, 200, 3));
});

it("does not hide what is not a number", () => {
  expect(() => topEigenpairs(Float64Array.of(NaN, 1, 1, NaN), 2, 2)).toThrow();
});
