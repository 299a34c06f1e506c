import { readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../../../src/checkpoint/open";
import { writeSafetensors } from "../../../src/checkpoint/write-safetensors";
import { compareCheckpoints } from "../../../src/distance/compare-checkpoints";
import type { TensorSpectrum } from "../../../src/protocol/spectrum";
import { loadProducts, plainProducts, type Products } from "../../../src/spectrum/products";
import { tensorSpectrum, type SpectrumOptions } from "../../../src/spectrum/tensor-spectrum";
import { temporaryDirectory } from "../checkpoint/temporary";
import { changes, type Change } from "./changes";

interface Expected {
  readonly values: number[];
  readonly stableRank: number;
  readonly effectiveRank: number;
}
const expected = JSON.parse(
  readFileSync(path.join(__dirname, "../../fixtures/spectrum/spectrum.json"), "utf8"),
) as Record<string, Expected>;
const directory = temporaryDirectory();

async function spectrumOf(
  change: Change,
  products: Products,
  options: Partial<SpectrumOptions> = {},
  shape: readonly number[] = [change.rows, change.columns],
): Promise<TensorSpectrum> {
  const files = ["a", "b"].map((name) => path.join(directory, name));
  await writeSafetensors(files[0], [{ name: "w", shape, values: change.a }]);
  await writeSafetensors(files[1], [{ name: "w", shape, values: change.b }]);
  const [a, b] = await Promise.all(files.map((file) => openCheckpoint(file)));
  try {
    const { tensors } = await compareCheckpoints(a, b);
    const settings = { count: 10, memoryBytes: 2 ** 28, ...options };
    return await tensorSpectrum(a, b, tensors[0], products, settings);
  } finally {
    await Promise.all([a.close(), b.close()]);
  }
}

/** Largest relative error of the singular values. */
function worst(found: TensorSpectrum, { values }: Expected): number {
  return Math.max(...found.singularValues.map((value, i) => Math.abs(value / values[i] - 1)));
}

let products: Products;
beforeAll(async () => {
  products = await loadProducts();
});
afterAll(() => products.release());

describe("spectra against NumPy's", () => {
  it.each([
    ["flat", 1e-3],
    ["flat, wide", 1e-3],
    ["power law", 1e-4],
    ["geometric", 1e-6],
    ["pairs", 1e-6],
    ["small", 1e-10],
  ])("%s: within %f", async (name, tolerance) => {
    const found = await spectrumOf(changes[name](), products);
    expect(found.singularValues).toHaveLength(10);
    expect(worst(found, expected[name])).toBeLessThan(tolerance);
    expect(found.stableRank / expected[name].stableRank).toBeCloseTo(1, 3);
    const { low, high } = found.effectiveRank;
    expect(low).toBeLessThan(1.0001 * expected[name].effectiveRank);
    expect(high).toBeGreaterThan(0.9999 * expected[name].effectiveRank);
    const { values } = expected[name];
    found.singularValues.forEach((value, i) => {
      const nearest = Math.min(...values.map((exact) => Math.abs(exact - value)));
      expect(nearest).toBeLessThanOrEqual(found.errorBounds[i] + 1e-7 * values[0]);
      expect(value).toBeLessThan(values[i] * (1 + 1e-6));
    });
    expect(found.estimatedError).toBeLessThan(2e-3);
  });

  it("recognises a low-rank update under rounding exactly", async () => {
    const found = await spectrumOf(changes["rank 4"](), products);
    expect(found.rank).toBe(4);
    expect(
      worst({ ...found, singularValues: found.singularValues.slice(0, 4) }, expected["rank 4"]),
    ).toBeLessThan(1e-6);
    for (const value of found.singularValues.slice(4)) expect(value).toBeLessThan(found.noiseLevel);
    expect(found.explained).toBeCloseTo(1, 9);
    expect(found.effectiveRank.high / found.effectiveRank.low).toBeCloseTo(1, 4);
    expect((await spectrumOf(changes.flat(), products)).rank).toBeNull();
  });

  it("reads a change that does not fit in memory block by block, with the same result", async () => {
    const change = changes.geometric();
    const kept = await spectrumOf(change, products);
    expect(await spectrumOf(change, products, { memoryBytes: 0 })).toEqual(kept);
  });

  it("is the same in plain TypeScript", async () => {
    const change = changes.small();
    const found = await spectrumOf(change, plainProducts, { count: 3 });
    expect(found.singularValues).toHaveLength(3);
    expect(worst(found, expected.small)).toBeLessThan(1e-10);
    const lowRank = await spectrumOf(changes["rank 4"](), plainProducts, { count: 4 });
    expect(worst(lowRank, expected["rank 4"])).toBeLessThan(1e-6);
  }, 120_000);

  it("flattens a kernel's axes but that of its outputs", async () => {
    const found = await spectrumOf(changes.small(), products, {}, [40, 10, 3, 3]);
    expect(found).toMatchObject({ layout: "first x rest", rows: 40, columns: 90 });
    expect(worst(found, expected.small)).toBeLessThan(1e-10);
  });

  it("gives the same twice", async () => {
    const change = changes["power law"]();
    expect(await spectrumOf(change, products)).toEqual(await spectrumOf(change, products));
  });
});
