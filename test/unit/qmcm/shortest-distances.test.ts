import { afterAll, describe, expect, it } from "vitest";
import { loadTileMaxima, plainTileMaxima } from "../../../src/qmcm/tile-maxima";
import { shortestDistances } from "../../../src/qmcm/shortest-distances";
import { spherePoints } from "../../../src/qmcm/sphere-points";

const natives = [await loadTileMaxima(1), await loadTileMaxima(2)];
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

function expectNear(found: Float64Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((distance, i) => {
    expect(Math.abs(distance - expected[i])).toBeLessThan(1e-14);
  });
}

it("finds ONNX Runtime where it is installed", () => {
  expect(natives[0].name).toBe("onnxruntime");
});

describe.each([natives[0], plainTileMaxima])("shortest distances by $name", (maxima) => {
  it.each([
    [2, 3, [1]],
    [3, 120, [1, 2, 60, 118]],
    [7, 333, [50, 51, 200]],
    [100, 700, [7, 70, 350, 693]],
  ])("in %i dimensions among %i points", async (k, total, counts) => {
    const stored = { values: spherePoints(total, k, "test", k), dimensions: k };
    const queries = { values: spherePoints(90, k, "test queries", k), dimensions: k };
    const rest = await shortestDistances(stored, counts, "rest", { maxima, onBlock });
    const fresh = await shortestDistances(stored, counts, queries, { maxima, onBlock });
    counts.forEach((count, level) => {
      expectNear(rest[level], bruteForce(stored.values, count, stored.values, count, k));
      expectNear(fresh[level], bruteForce(stored.values, count, queries.values, 0, k));
    });
  });

  it("tells points apart that float32 does not", async () => {
    const k = 5;
    const values = spherePoints(400, k, "near");
    // Copies of the first point, moved by a few thousandths of float32's resolution.
    for (let point = 1; point < 400; point++)
      for (let c = 0; c < k; c++)
        values[point * k + c] = values[c] + 1e-10 * values[point * k + c] * (1 + (point % 7));
    const stored = { values, dimensions: k };
    const [found] = await shortestDistances(stored, [200], "rest", { maxima, onBlock });
    expectNear(found, bruteForce(values, 200, values, 200, k));
    expect(Math.min(...found)).toBeGreaterThan(0);
  });
});

it("gives the same bits with any number of threads, and without the native library", async () => {
  const stored = { values: spherePoints(3000, 30, "bits"), dimensions: 30 };
  const search = (maxima: (typeof natives)[number]) =>
    shortestDistances(stored, [10, 1000], "rest", { maxima, onBlock });
  const expected = await search(plainTileMaxima);
  for (const native of natives) expect(await search(native)).toEqual(expected);
});
