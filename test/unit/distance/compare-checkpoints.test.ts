import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { writeSafetensors, type TensorToWrite } from "../../../src/checkpoint/write-safetensors";
import { compareCheckpoints, type CompareOptions } from "../../../src/distance/compare-checkpoints";
import type { Comparison, Movement } from "../../../src/protocol/comparison";
import { temporaryDirectory } from "../checkpoint/temporary";

const fixtures = path.join(__dirname, "../../fixtures/checkpoint");
const directory = temporaryDirectory();

async function compareFiles(a: string, b: string, options?: CompareOptions): Promise<Comparison> {
  const [left, right] = await Promise.all([openCheckpoint(a), openCheckpoint(b)]);
  try {
    return await compareCheckpoints(left, right, options);
  } finally {
    await Promise.all([left.close(), right.close()]);
  }
}

async function compareTensors(a: TensorToWrite[], b: TensorToWrite[]): Promise<Comparison> {
  const files = [path.join(directory, "a"), path.join(directory, "b")] as const;
  await writeSafetensors(files[0], a);
  await writeSafetensors(files[1], b);
  return compareFiles(...files);
}

function expectClose(found: number | null, expected: number | null): void {
  if (expected === null) expect(found).toBeNull();
  else expect(Math.abs(found! - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
}

describe("two files of mixed tensors against NumPy in long double", () => {
  const expected = JSON.parse(readFileSync(path.join(fixtures, "pair.json"), "utf8")) as Record<
    string,
    Pick<Movement, "distance" | "relativeDistance" | "cosine">
  >;

  it("agrees for each tensor and in total to 1e-12", async () => {
    const comparison = await compareFiles(
      path.join(fixtures, "a.safetensors"),
      path.join(fixtures, "b.safetensors"),
    );
    const found = [{ ...comparison, name: "total" }, ...comparison.tensors];
    expect(found.map(({ name }) => name).sort()).toEqual(Object.keys(expected).sort());
    for (const { name, distance, relativeDistance, cosine } of found) {
      expectClose(distance, expected[name].distance);
      expectClose(relativeDistance, expected[name].relativeDistance);
      expectClose(cosine, expected[name].cosine);
    }
    expect(comparison.unmatched).toEqual({ a: ["only.a", "reshaped"], b: ["reshaped"] });
    expect(comparison.notCounted).toEqual(["steps"]);
    expect(comparison.parameters).toBe(61 * 37 + 37 + 60 + 4);
    expect(comparison.nonFinite).toBe(0);
    expect(comparison.finiteDistance).toBe(comparison.distance);
  });
});

it("compares a file with itself: no distance, cosine 1", async () => {
  const file = path.join(fixtures, "a.safetensors");
  const comparison = await compareFiles(file, file);
  expect(comparison).toMatchObject({ distance: 0, relativeDistance: 0 });
  expect(comparison.cosine).toBeCloseTo(1, 14);
});

it("joins blocks of a long tensor", async () => {
  const n = 2_500_001;
  const ramp = (step: number) => Float32Array.from({ length: n }, (_, i) => (i % 1000) * step);
  const progress: number[] = [];
  const files = [path.join(directory, "long-a"), path.join(directory, "long-b")] as const;
  await writeSafetensors(files[0], [{ name: "w", shape: [n], values: ramp(1) }]);
  await writeSafetensors(files[1], [{ name: "w", shape: [n], values: ramp(2) }]);
  const comparison = await compareFiles(...files, {
    onProgress: (done) => progress.push(done),
  });
  // Sum of squares of 0 ... 999, 2,500 times, and one 0.
  expect(comparison.distance).toBe(Math.sqrt(2500 * ((999 * 1000 * 1999) / 6)));
  expect(comparison.relativeDistance).toBe(1);
  expect(progress).toEqual([1 << 20, 2 << 20, n]);
});

it("counts values that are not finite, and gives the distance of the rest beside", async () => {
  const good = { name: "good", shape: [2], values: Float32Array.of(0, 3) };
  const bad = { name: "bad", shape: [4], values: Float32Array.of(NaN, 1, Infinity, 4) };
  const zeros = [
    { name: "good", shape: [2], values: new Float32Array(2) },
    { name: "bad", shape: [4], values: Float32Array.of(0, 1, 0, 0) },
  ];
  const comparison = await compareTensors([good, bad], zeros);
  expect(comparison.tensors).toMatchObject([
    { name: "good", distance: 3, nonFinite: 0, finiteDistance: 3 },
    { name: "bad", distance: null, cosine: null, nonFinite: 2, finiteDistance: 4 },
  ]);
  expect(comparison).toMatchObject({
    distance: null,
    relativeDistance: null,
    nonFinite: 2,
    finiteDistance: 5,
  });
});

it("has nothing to say of files without a common tensor", async () => {
  const values = Float32Array.of(1);
  const comparison = await compareTensors(
    [{ name: "x", shape: [1], values }],
    [{ name: "y", shape: [1], values }],
  );
  expect(comparison).toMatchObject({
    distance: 0,
    relativeDistance: null,
    cosine: null,
    parameters: 0,
    tensors: [],
    unmatched: { a: ["x"], b: ["y"] },
  });
});

it("stops when asked", async () => {
  const file = path.join(fixtures, "a.safetensors");
  const options = { signal: AbortSignal.abort(new Error("enough")) };
  await expect(compareFiles(file, file, options)).rejects.toThrow("enough");
});
