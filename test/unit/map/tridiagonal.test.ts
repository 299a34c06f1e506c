import { expect, it } from "vitest";
import { diagonalise } from "../../../src/map/tridiagonal";

it("finds the eigenvalues 2 - 2 cos(k pi / (m + 1)) of the second difference, and its vectors", () => {
  const m = 40;
  const values = new Float64Array(m).fill(2);
  const columns = Array.from({ length: m }, (_, i) =>
    Float64Array.from({ length: m }, (_, j) => (i === j ? 1 : 0)),
  );
  diagonalise(values, new Float64Array(m).fill(-1), columns);
  const expected = Array.from(
    { length: m },
    (_, k) => 2 - 2 * Math.cos(((k + 1) * Math.PI) / (m + 1)),
  );
  const sorted = values.toSorted();
  expected.forEach((value, k) => {
    expect(sorted[k]).toBeCloseTo(value, 12);
  });
  columns.forEach((column, k) => {
    column.forEach((_, i) => {
      const image = 2 * column[i] - (column[i - 1] ?? 0) - (column[i + 1] ?? 0);
      expect(image).toBeCloseTo(values[k] * column[i], 12);
    });
  });
});

it("takes matrices that are split, or of one row, or zero", () => {
  const values = Float64Array.of(3, 1, 1, 0);
  diagonalise(values, Float64Array.of(0, 1, 0, 0), [
    new Float64Array(0),
    new Float64Array(0),
    new Float64Array(0),
    new Float64Array(0),
  ]);
  expect(Array.from(values.toSorted(), (value) => Math.round(1e12 * value) / 1e12)).toEqual([
    0, 0, 2, 3,
  ]);
  const one = Float64Array.of(5);
  diagonalise(one, new Float64Array(1), [Float64Array.of(1)]);
  expect(one[0]).toBe(5);
});

it("gives up on what is not a number", () => {
  const columns = [new Float64Array(1), new Float64Array(1)];
  expect(() => {
    diagonalise(Float64Array.of(NaN, 1), Float64Array.of(1, 0), columns);
  }).toThrow("does not converge");
});
