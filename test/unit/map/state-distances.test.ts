import { expect, it } from "vitest";
import { loadMultiplier, plainMultiplier } from "../../../src/map/gemm";
import { stateDistances } from "../../../src/map/state-distances";
import { WeightVectors } from "../../../src/map/weight-vectors";
import { temporaryDirectory } from "../checkpoint/temporary";
import { openStates } from "./checkpoints";
import { randomPoints, stateFigures } from "./fixtures";

const directory = temporaryDirectory();

async function distancesOf(rows: readonly ArrayLike<number>[]): Promise<Float64Array> {
  const multiplier = await loadMultiplier();
  const vectors = new WeightVectors(await openStates(directory, rows));
  return stateDistances(vectors, { multiplier });
}

/** Straight from the definition. */
function direct(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squared = 0;
  for (let i = 0; i < a.length; i++) squared += (a[i] - b[i]) ** 2;
  return Math.sqrt(squared);
}

function worstError(rows: readonly Float32Array[], found: Float64Array): number {
  let worst = 0;
  rows.forEach((a, i) => {
    rows.forEach((b, j) => {
      const expected = direct(a, b);
      const error = Math.abs(found[i * rows.length + j] - expected);
      if (error > 0) worst = Math.max(worst, error / expected);
    });
  });
  return worst;
}

it("agrees with NumPy to 1e-9 for each pair", async () => {
  const found = await distancesOf(stateFigures.weights);
  stateFigures.distances.forEach((expected, at) => {
    expect(Math.abs(found[at] - expected)).toBeLessThanOrEqual(1e-9 * expected);
  });
});

it("keeps nine digits of distances a millionth of the others, and of nearer ones within", async () => {
  const size = 500;
  const far = randomPoints(6, size, "far");
  const rows: Float32Array[] = [];
  for (let i = 0; i < 6; i++) {
    const base = Float32Array.from(far.subarray(i * size, (i + 1) * size));
    rows.push(base);
    for (const step of [1e-3, 1e-5, 1.1e-5]) {
      const near = Float32Array.from(base);
      for (let c = i; c < size; c += 10) near[c] += step;
      rows.push(near);
    }
  }
  expect(worstError(rows, await distancesOf(rows))).toBeLessThan(1e-9);
});

it("gives equal states distance 0 exactly, among others and alone", async () => {
  const [a, b] = [randomPoints(1, 300, "a"), randomPoints(1, 300, "b")].map((row) =>
    Float32Array.from(row),
  );
  const rows = [a, b, a, b, a, b];
  const found = await distancesOf(rows);
  rows.forEach((_, i) => {
    rows.forEach((_, j) => {
      const distance = found[i * 6 + j];
      if (i % 2 === j % 2) expect(distance).toBe(0);
      else expect(Math.abs(distance / direct(a, b) - 1)).toBeLessThan(1e-12);
    });
  });
  expect(await distancesOf([a, a, a])).toEqual(new Float64Array(9));
});

it("works through a chain of ever nearer states", async () => {
  const base = Float32Array.from(randomPoints(1, 100, "chain"));
  const rows = Array.from({ length: 12 }, (_, i) => {
    const row = base.slice();
    row[0] = 8 ** -i;
    return row;
  });
  const vectors = new WeightVectors(await openStates(directory, rows));
  const found = await stateDistances(vectors, { multiplier: plainMultiplier });
  expect(worstError(rows, found)).toBeLessThan(1e-9);
});
