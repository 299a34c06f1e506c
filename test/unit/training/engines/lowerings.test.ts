import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { useOriginalConvolutions } from "../../../../src/training/engines/fast-convolution";
import { blockSize } from "../../../../src/training/engines/onnx-runtime";
import type { ModelDefinition } from "../../../../src/training/models";
import { enginePair, largestDifference, noise, testModel } from "./comparison";
import { networks } from "./networks";

/** Three steps on both engines: the weights stay within 1e-5 of each other. */
async function agree(
  model: ModelDefinition,
  lowering: "auto" | "plain",
  rows: number,
  levels = 0,
): Promise<void> {
  const { compiled, eager } = await enginePair(model, lowering);
  const size = lowering === "plain" ? undefined : await blockSize();
  expect(compiled.description.lowering).toBe(size === undefined ? "plain" : `nchwc${size}`);
  const initial = compiled.weights();
  for (let step = 0; step < 3; step++) {
    const batch = noise(model, rows, step, levels);
    const losses = [await compiled.step(batch, 0.05)];
    useOriginalConvolutions();
    losses.push(await eager.step(batch, 0.05));
    expect(Math.abs(losses[0] - losses[1])).toBeLessThan(1e-5 * (1 + Math.abs(losses[1])));
  }
  expect(largestDifference(compiled.weights(), initial)).toBeGreaterThan(1e-3);
  expect(largestDifference(compiled.weights(), eager.weights())).toBeLessThan(1e-5);
  const { images } = noise(model, rows, 9);
  const logits = [await compiled.evaluate(images, rows), await eager.evaluate(images, rows)];
  logits[0][0].forEach((value, i) => {
    expect(Math.abs(value - logits[1][0][i])).toBeLessThan(1e-4);
  });
  await compiled.dispose();
  await eager.dispose();
}

describe.each(["auto", "plain"] as const)("lowering %s agrees with eager tfjs on", (lowering) => {
  describe.each(Object.entries(networks))("%s", (_, model) => {
    // Below, at and beyond a block of rows, which are channels where filters' gradients are computed.
    test.each([1, 3, 16, 21])("batches of %i", (rows) => agree(model, lowering, rows));
  });

  test("equal maxima: the first in a window takes the gradient", async () => {
    await agree(networks["pooling of even sizes"], lowering, 4, 2);
    await agree(networks["pooling first"], lowering, 4, 2);
    const identical = testModel([5, 7, 3], 3, (net) =>
      net.convolution({ filters: 9, kernelSize: 1 }).maxPooling().flatten().dense(3),
    );
    await agree(identical, lowering, 5, 2);
  });

  test("networks drawn at random", async () => {
    const network = fc.record({
      size: fc.tuple(fc.integer({ min: 5, max: 9 }), fc.integer({ min: 5, max: 9 })),
      channels: fc.integer({ min: 1, max: 18 }),
      filters: fc.array(fc.integer({ min: 1, max: 33 }), { minLength: 1, maxLength: 2 }),
      kernelSize: fc.integer({ min: 1, max: 3 }),
      strides: fc.integer({ min: 1, max: 2 }),
      padding: fc.constantFrom("same" as const, "valid" as const),
      pooling: fc.boolean(),
      rows: fc.integer({ min: 1, max: 18 }),
    });
    await fc.assert(
      fc.asyncProperty(network, async ({ size, channels, filters, pooling, rows, ...options }) => {
        const model = testModel([...size, channels], 3, (net) => {
          for (const count of filters)
            net.convolution({ filters: count, activation: "relu", ...options });
          if (pooling) net.maxPooling(2, "same");
          return net.flatten().dense(3);
        });
        await agree(model, lowering, rows);
      }),
      { numRuns: 12, seed: 1 },
    );
  });
});
