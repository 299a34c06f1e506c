import { afterAll, describe, expect, it } from "vitest";
import { loadLargestProducts, plainLargestProducts } from "../../../src/qmcm/largest-products";
import { shortestDistances } from "../../../src/qmcm/shortest-distances";
import { spherePoints } from "../../../src/qmcm/sphere-points";
import { unitPoints } from "../../../src/qmcm/unit-points";

const natives = [await loadLargestProducts(1), await loadLargestProducts(2)];
const onBlock = () => Promise.resolve();

afterAll(async () => {
  for (const native of natives) await native.release();
});

/** Every distance computed. */
function bruteForce(
  stored: Float64Array,
  count: number,
  queries: Float64Array,
  first: number,
  k: number,
): number[] {
  const found: number[] = [];
  for (let query = first; query < queries.length / k; query++) {
    let nearest = Infinity;
    for (let point = 0; point < count; point++) {
      let square = 0;
      for (let c = 0; c < k; c++) square += (queries[query * k + c] - stored[point * k + c]) ** 2;
      nearest = Math.min(nearest, Math.sqrt(square));
    }
    found.push(nearest);
  }
  return found;
}

/** @returns the largest relative error */
function errorOf(found: Float64Array, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  return Math.max(...found.map((distance, i) => Math.abs(distance / expected[i] - 1)));
}

it("finds ONNX Runtime where it is installed", () => {
  expect(natives[0].name).toBe("onnxruntime");
});

describe.each([natives[0], plainLargestProducts])("shortest distances by $name", (products) => {
  it.each([
    [2, 3, [1]],
    [3, 120, [1, 2, 60, 118]],
    [7, 333, [50, 51, 200]],
    [100, 700, [7, 70, 350, 693]],
  ])("in %i dimensions among %i points", async (k, total, counts) => {
    const stored = unitPoints(spherePoints(total, k, "test", k), k);
    const queries = unitPoints(spherePoints(90, k, "test queries", k), k);
    const rest = await shortestDistances(stored, counts, "rest", { products, onBlock });
    const fresh = await shortestDistances(stored, counts, queries, { products, onBlock });
    counts.forEach((count, level) => {
      const ofRest = bruteForce(stored.values, count, stored.values, count, k);
      const ofFresh = bruteForce(stored.values, count, queries.values, 0, k);
      expect(errorOf(rest[level], ofRest)).toBeLessThan(1e-6);
      expect(errorOf(fresh[level], ofFresh)).toBeLessThan(1e-6);
    });
  });

  it("keeps its digits where points are so near that products in float32 would not", async () => {
    const k = 3;
    const stored = unitPoints(spherePoints(400, k, "near"), k);
    // The first point's neighbours, at distances of about 0.03.
    for (let point = 1; point < 400; point++) {
      const row = stored.values.subarray(point * k, (point + 1) * k);
      row.forEach((value, c) => (row[c] = stored.values[c] + 0.03 * value));
      const norm = Math.hypot(...row);
      row.forEach((value, c) => (row[c] = value / norm));
    }
    const points = unitPoints(stored.values, k);
    const [found] = await shortestDistances(points, [200], "rest", { products, onBlock });
    const expected = bruteForce(points.values, 200, points.values, 200, k);
    expect(Math.max(...expected)).toBeLessThan(0.03);
    expect(errorOf(found, expected)).toBeLessThan(1e-5);
  });
});

it("gives the same bits with any number of threads, and nearly without the native library", async () => {
  const stored = unitPoints(spherePoints(3000, 30, "bits"), 30);
  const search = (products: (typeof natives)[number]) =>
    shortestDistances(stored, [10, 1000], "rest", { products, onBlock });
  const [one, two] = await Promise.all(natives.map(search));
  expect(two).toEqual(one);
  (await search(plainLargestProducts)).forEach((found, level) => {
    expect(errorOf(found, [...one[level]])).toBeLessThan(1e-6);
  });
});
