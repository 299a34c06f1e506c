import { afterAll, describe, expect, it } from "vitest";
import { loadMultiplier, plainMultiplier } from "../../../src/map/gemm";
import { randomPoints, relativeError } from "./fixtures";

const native = await loadMultiplier();

afterAll(async () => {
  await native.release();
});

it("finds ONNX Runtime where it is installed", () => {
  expect(native.name).toBe("onnxruntime");
});

describe.each([native, plainMultiplier])("the product by $name", ({ multiply }) => {
  it.each([
    [1, 1, 1],
    [2, 3, 5],
    [7, 4, 1300],
    [33, 33, 64],
  ])("of %i and %i rows of %i", async (m, n, k) => {
    const a = randomPoints(m, k, "a");
    const b = randomPoints(n, k, "b");
    const expected = Float64Array.from({ length: m * n }, (_, at) => {
      let sum = 0;
      for (let c = 0; c < k; c++) sum += a[Math.floor(at / n) * k + c] * b[(at % n) * k + c];
      return sum;
    });
    expect(relativeError(await multiply(a, b, k), expected)).toBeLessThan(1e-13);
  });

  it("takes views into a longer array", async () => {
    const long = Float64Array.from({ length: 12 }, (_, i) => i);
    const product = await multiply(long.subarray(2, 6), long.subarray(8, 12), 2);
    expect(Array.from(product)).toEqual([
      2 * 8 + 3 * 9,
      2 * 10 + 3 * 11,
      4 * 8 + 5 * 9,
      4 * 10 + 5 * 11,
    ]);
  });
});
