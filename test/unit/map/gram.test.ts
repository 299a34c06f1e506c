import { describe, expect, it } from "vitest";
import { CheckpointError } from "../../../src/checkpoint/error";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { loadMultiplier, plainMultiplier } from "../../../src/map/gemm";
import { gramMatrix } from "../../../src/map/gram";
import { WeightVectors } from "../../../src/map/weight-vectors";
import { temporaryDirectory } from "../checkpoint/temporary";
import { openStates, writeState } from "./checkpoints";
import { relativeError, stateFigures } from "./fixtures";

const directory = temporaryDirectory();
const { weights, gram } = stateFigures;

describe.each([await loadMultiplier(), plainMultiplier])("by $name", (multiplier) => {
  it.each([2 ** 28, weights.length * 8 * 7, 1])(
    "agrees with NumPy to 1e-12 in %i bytes",
    async (memoryBytes) => {
      const vectors = new WeightVectors(await openStates(directory, weights));
      const found = await gramMatrix(vectors, "centroid", { multiplier, memoryBytes });
      expect(relativeError(found, gram)).toBeLessThan(1e-12);
    },
  );
});

it("measured from the first state leaves its row and column 0", async () => {
  const rows = [
    [1, 2, 3, 4, 5, 6],
    [2, 2, 3, 4, 5, 8],
    [1, 2, 0, 4, 5, 6],
  ];
  const vectors = new WeightVectors(await openStates(directory, rows));
  const found = await gramMatrix(vectors, "first", { multiplier: plainMultiplier });
  expect(Array.from(found)).toEqual([0, 0, 0, 0, 5, 0, 0, 0, 9]);
});

it("multiplies more rows than one panel", async () => {
  const rows = Array.from({ length: 300 }, (_, i) => [i, 1, 0, 2, i % 7, -i]);
  const vectors = new WeightVectors(await openStates(directory, rows));
  const found = await gramMatrix(vectors, "first", { multiplier: plainMultiplier });
  const expected = rows.flatMap((a) => rows.map((b) => 2 * a[0] * b[0] + a[4] * b[4]));
  expect(Array.from(found)).toEqual(expected);
});

it("tells how far it is, and stops when asked", async () => {
  const vectors = new WeightVectors(await openStates(directory, weights));
  const shares: number[] = [];
  // A quarter of it holds 36 of the 70 parameters of each state.
  const memoryBytes = weights.length * 8 * 36 * 4;
  const options = { multiplier: plainMultiplier, memoryBytes };
  await gramMatrix(vectors, "centroid", { ...options, onProgress: (share) => shares.push(share) });
  expect(shares).toEqual([36 / 70, 1]);
  const stopped = gramMatrix(vectors, "centroid", {
    ...options,
    signal: AbortSignal.abort(new Error("enough")),
  });
  await expect(stopped).rejects.toThrow("enough");
});

it("takes weights for the same that a wrapper has named anew", async () => {
  const rows = [
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 8],
  ];
  const [plain] = await openStates(directory, rows);
  const file = await writeState(directory, "compiled", rows[1], "_orig_mod.module.");
  const vectors = new WeightVectors([plain, await openCheckpoint(file)]);
  const block = new Float32Array(12);
  await vectors.readBlock(0, 6, block);
  expect([...block]).toEqual(rows.flat());
});

it("refuses states of another model, and weights that are not finite", async () => {
  const states = await openStates(directory, [
    [1, 2, 3, 4, 5, 6],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ]);
  expect(() => new WeightVectors(states)).toThrow(/second of shape \[2, 2\], not \[2, 1\]/);
  const broken = new WeightVectors(await openStates(directory, [[1, 2, 3, 4, NaN, 6]]));
  const found = gramMatrix(broken, "centroid", { multiplier: plainMultiplier });
  await expect(found).rejects.toThrow(CheckpointError);
});
