import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../src/checkpoint/error";
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

describe("by float32", async () => {
  const multiplier = await loadMultiplier();
  const n = 45;
  // Three slices, the last of them short, and an odd number.
  const size = 2 * 2048 + 901;
  const noise = randomPoints(n, size, "float32");
  /** Rows of a common part and noise of their own. */
  const rowsOf = (value: (noise: number, row: number, column: number) => number) =>
    Array.from({ length: n }, (_, i) =>
      Float32Array.from({ length: size }, (_, c) => value(noise[i * size + c], i, c)),
    );
  const shared = (which: number, c: number) => noise[which * size + ((c * 7) % size)];

  it.each([
    ["random", rowsOf((x) => 0.05 * x)],
    ["far from 0", rowsOf((x) => 100 + 1e-3 * x)],
    ["in two clusters", rowsOf((x, i, c) => shared(i % 2, c) + 1e-3 * x)],
    ["beginnings and ends of runs", rowsOf((x, i, c) => shared(i >> 1, c) + 1e-2 * x)],
    ["one after the other", rowsOf((x, i, c) => shared(0, c) * (1 + i / n) + 1e-3 * x)],
    ["alike", rowsOf((x, i, c) => 5 * shared(0, c) * (1 + i / n) + 0.7 * x)],
    ["of few large weights", rowsOf((x) => 1e-3 * x ** 9)],
    ["without noise", rowsOf((_, i) => 0.1 * ((i * 37) % 101) + 0.013 * i)],
    ["too small for float32", rowsOf((x) => 1e-21 * x)],
    ["some of them equal", rowsOf((_, i, c) => shared(i % 7, c))],
  ])("is right to 1e-6 of states %s", async (_, rows) => {
    const vectors = new WeightVectors(await openStates(directory, rows));
    // Two stretches: one of two slices, one of one.
    const options = { multiplier, float32From: 0, memoryBytes: 4 * n * 4100 };
    const found = await stateDistances(vectors, options);
    // Of squared distances, so half of it here.
    expect(worstError(rows, found)).toBeLessThan(0.5e-6);
    const more = await loadMultiplier(2);
    expect(await stateDistances(vectors, { ...options, multiplier: more })).toEqual(found);
    await more.release();
  });

  it("is right to 1e-6 of more states than one panel holds", async () => {
    const [many, columns] = [300, 41];
    const values = randomPoints(many, columns, "panels");
    const rows = Array.from({ length: many }, (_, i) =>
      Float32Array.from(values.subarray(i * columns, (i + 1) * columns)),
    );
    const vectors = new WeightVectors(await openStates(directory, rows));
    const found = await stateDistances(vectors, { multiplier, float32From: 0 });
    expect(worstError(rows, found)).toBeLessThan(0.5e-6);
  });

  it.each([NaN, Infinity])("refuses weights of %d, naming the file", async (value) => {
    const rows = rowsOf((x) => x);
    // Not one of those whose mean is the origin, in the last stretch.
    rows[n - 1][size - 1] = value;
    const vectors = new WeightVectors(await openStates(directory, rows));
    const options = { multiplier, float32From: 0, memoryBytes: 4 * n * 4100 };
    const error = await stateDistances(vectors, options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(CheckpointError);
    expect(String(error)).toContain(`state-${n - 1}.safetensors`);
  });

  it("reports progress to the end, and stops when asked", async () => {
    const vectors = new WeightVectors(
      await openStates(
        directory,
        rowsOf((x) => x),
      ),
    );
    const shares: number[] = [];
    const options = { multiplier, float32From: 0, memoryBytes: 4 * n * 1000 };
    await stateDistances(vectors, { ...options, onProgress: (share) => shares.push(share) });
    expect(shares.at(-1)).toBe(1);
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(stateDistances(vectors, { ...options, signal })).rejects.toThrow("enough");
  });
});
