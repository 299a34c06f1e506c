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
    ["flat", 4e-3],
    ["flat, wide", 4e-3],
    ["square", 1e-2],
    ["wide", 4e-3],
    ["few entries", 4e-3],
    ["all decaying", 4e-3],
    ["rank 20 and noise", 1e-6],
    ["power law", 1e-4],
    ["geometric", 1e-6],
    ["pairs", 1e-6],
    ["small", 1e-10],
  ])("%s: within %f", async (name, tolerance) => {
    const found = await spectrumOf(changes[name](), products);
    expect(found.singularValues).toHaveLength(10);
    expect(worst(found, expected[name])).toBeLessThan(tolerance);
    expect(found.stableRank / expected[name].stableRank).toBeCloseTo(1, 2);
    const { values } = expected[name];
    found.singularValues.forEach((value, i) => {
      const nearest = Math.min(...values.map((exact) => Math.abs(exact - value)));
      expect(nearest).toBeLessThanOrEqual(found.errorBounds[i] + 1e-7 * values[0]);
      expect(value).toBeLessThan(values[i] * (1 + 1e-6));
    });
    expect(found.estimatedError).toBeLessThan(2e-2);
    expect(worst(found, expected[name])).toBeLessThan(found.estimatedError + 1e-6);
  });

  it.each([
    ["flat", 0.04],
    ["flat, wide", 0.01],
    ["square", 0.05],
    ["wide", 0.03],
    ["small", 1e-9],
    ["geometric", 1e-2],
    ["rank 4", 1e-3],
    ["power law", 0.3],
    ["few entries", 0.3],
    ["all decaying", 0.3],
    ["rank 20 and noise", 0.2],
  ])("the effective rank of %s, within what is stated: at most %f of it", async (name, most) => {
    const { effectiveRank } = await spectrumOf(changes[name](), products);
    const { value, error } = effectiveRank;
    const exact = expected[name].effectiveRank;
    expect(Math.abs(value - exact)).toBeLessThan(error + 1e-9 * exact);
    expect(error).toBeLessThanOrEqual(most * exact);
  });

  it("recognises a low-rank update under rounding exactly", async () => {
    const found = await spectrumOf(changes["rank 4"](), products);
    expect(found.rank).toBe(4);
    expect(
      worst({ ...found, singularValues: found.singularValues.slice(0, 4) }, expected["rank 4"]),
    ).toBeLessThan(1e-6);
    for (const value of found.singularValues.slice(4)) expect(value).toBeLessThan(found.noiseLevel);
    expect(found.explained).toBeCloseTo(1, 9);
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
