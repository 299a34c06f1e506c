import { expect, it } from "vitest";
import { SymmetricMatrix } from "../../../src/map/symmetric-matrix";
import { randomPoints } from "./fixtures";

// Small ones share a memory, the last has one of its own.
it.each([1, 2, 3, 4, 5, 17, 100, 3, 8, 530])("multiplies %i rows, reading the lower half", (n) => {
  const values = randomPoints(n, n, "matrix");
  const vector = randomPoints(1, n, "vector");
  const entry = (i: number, j: number) => values[Math.max(i, j) * n + Math.min(i, j)];
  const product = new SymmetricMatrix(values, n).times(vector);
  expect(product.length).toBe(n);
  product.forEach((found, i) => {
    const expected = vector.reduce((sum, x, j) => sum + entry(i, j) * x, 0);
    expect(Math.abs(found - expected)).toBeLessThan(1e-12 * n);
  });
});
